import { join } from 'node:path';
import type { Expected } from '../expected.ts';
import type { Answers } from '../questions/answers.ts';
import type { Given } from '../questions/collect.ts';
import type { Context } from '../questions/context.ts';
import { never } from '../questions/kinds.ts';
import { questions } from '../questions/table.ts';
import { moduleOf, type Guess } from '../tasks/table.ts';
import type { OpenProject } from '../update/open-project.ts';
import { answersOf } from './answers-of.ts';

/** What the project says already: its answers, and the pictures that it is tested with. */
export function keptAnswers(
  { root, blueprint }: OpenProject,
  given: Given,
  expected: Expected | undefined,
): Partial<Answers> {
  const pictures = Object.keys(expected?.fixtures ?? {}).filter((file) => /\.(jpe?g|png|webp)$/i.test(file));
  const answers: Partial<Answers> = {
    ...answersOf(blueprint),
    ...(pictures.length > 0 && { pictures: pictures.map((file) => join(root, 'fixtures', file)) }),
  };
  if (given.task === undefined || given.task === blueprint.task.kind) return answers;
  const ofTask = Object.keys(moduleOf(blueprint.task).answers(blueprint.task));
  return Object.fromEntries(Object.entries(answers).filter(([name]) => !ofTask.includes(name)));
}

/** A new model knows better: what it, or a file that came with it, says for certain is not kept. */
export function withoutCertain(context: Context, guess: Guess): Partial<Answers> {
  const certain = moduleOf(guess).questions.filter(
    (name) => name !== 'pictures' && questions[name].asked !== never && !questions[name].asked(context),
  );
  const version = context.hints?.modelVersion === undefined ? [] : ['modelVersion'];
  const dropped: readonly string[] = [...certain, ...version];
  return Object.fromEntries(Object.entries(context.kept ?? {}).filter(([name]) => !dropped.includes(name)));
}
