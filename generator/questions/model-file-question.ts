import type { Question } from './question.ts';

/** Which model of a folder or archive with several; asked as soon as it is opened. */
export const modelFileQuestion = (models: readonly string[]): Question<string> => ({
  flag: '--model-file <path>',
  message: 'Which of its models',
  kind: 'choice',
  choices: Object.fromEntries(models.map((model) => [model, ''])),
  required: true,
  parse: (value) => ({ value }),
  print: (value) => value,
  fallback: () => models[0],
  asked: () => true,
});
