import { functionQuestions } from './function-questions.ts';
import { pictureQuestions, taskQuestions } from './model-questions.ts';
import { preprocessingQuestions } from './preprocessing-questions.ts';
import { projectQuestions, toolingQuestions } from './project-questions.ts';
import type { AnswerName, Questions } from './question.ts';
import { stageQuestions } from './stage-questions.ts';

const { dir, model, ...project } = projectQuestions;

/** Every question with its flag, in the order in which they are asked. */
export const questions: Questions = {
  dir,
  model,
  ...project,
  ...taskQuestions,
  ...preprocessingQuestions,
  ...pictureQuestions,
  ...functionQuestions,
  ...stageQuestions,
  ...toolingQuestions,
};

export const ANSWER_NAMES = Object.keys(questions) as readonly AnswerName[];

/** Answered before the model is read; the rest may look at what it says. */
export const BEFORE_MODEL = ['dir', 'model'] as const satisfies readonly AnswerName[];
export const AFTER_MODEL = ANSWER_NAMES.filter((name) => !BEFORE_MODEL.some((first) => first === name));
