import { existsSync } from 'node:fs';
import { readFlags } from '../../../generator/commands/create-flags.ts';
import { check, type AnswerName, type Question } from '../../../generator/questions/question.ts';
import { questions } from '../../../generator/questions/table.ts';
import { answersOfRecipe, flagsOf, recipesHelp } from '../../../generator/recipes/answers.ts';
import { RECIPES } from '../../../generator/recipes/table.ts';
import { ROOT } from '../../rig/paths.ts';

const names = Object.keys(RECIPES);

test.each(names)('%s: every answer is one, and its page and its test are there', (name) => {
  const answers: Record<string, unknown> = {};
  for (const [key, text] of Object.entries(answersOfRecipe(name))) {
    const question = questions[key as AnswerName] as Question<unknown>;
    const checked = check(question, text, { answers, cwd: '/', packageManager: 'npm' });
    expect([key, checked]).toEqual([key, { value: expect.anything() as unknown }]);
    if ('value' in checked) answers[key] = checked.value;
  }
  for (const file of [RECIPES[name]?.page, `test/recipes/${name}.test.ts`])
    expect([file, existsSync(`${ROOT}${file}`)]).toEqual([file, true]);
});

test('a flag wins over a recipe, and the rest of it stays', () => {
  const { given, recipe, decided } = readFlags('api', { recipe: 'toolkit', modelBucket: 'shared' });
  expect(given).toEqual({ dir: 'api', modelSource: 's3', modelBucket: 'shared' });
  expect([recipe?.name, decided]).toEqual(['toolkit', true]);
});

test('no such recipe', () => {
  for (const name of ['tool-kit', 'constructor', ''])
    expect(() => readFlags('api', { recipe: name })).toThrow(
      expect.objectContaining({ code: 'ANSWER_INVALID' }) as Error,
    );
});

test('help has each recipe with the flags that it stands for', () => {
  const help = recipesHelp();
  for (const [name, recipe] of Object.entries(RECIPES)) {
    expect(help).toContain(`  ${name}: `);
    for (const flag of flagsOf(recipe)) expect(help).toContain(flag);
  }
});
