import type { Blueprint } from '../blueprint.ts';
import { spokenFixtures } from '../dialects/speak.ts';
import type { Io } from '../io.ts';
import type { Answers } from '../questions/answers.ts';
import { moduleOf } from '../tasks/table.ts';
import type { Fixtures } from '../tasks/task.ts';
import { recordTensors } from '../tasks/tensor/fixtures.ts';
import type { Learned } from './learn-model.ts';

export interface FixtureSources {
  readonly answers: Answers;
  readonly learned: Learned;
  readonly blueprint: Blueprint;
  readonly labels: readonly string[];
  readonly io: Pick<Io, 'cwd' | 'signal'>;
}

/** What the project's tests send: the task's requests, and one of tensors where the service answers those too. */
export async function makeFixtures({ answers, learned, blueprint, labels, io }: FixtureSources): Promise<Fixtures> {
  const { cwd, signal } = io;
  const { examined } = learned;
  const parts = {
    answers,
    served: examined,
    trial: examined.trial,
    sideFiles: examined.sideFiles,
    blueprint,
    labels,
    cwd,
    signal,
  };
  const own = spokenFixtures(await moduleOf(blueprint.task).fixtures(blueprint.task, parts), blueprint);
  const tensors = blueprint.protocol && blueprint.task.kind !== 'tensor' ? await recordTensors(parts) : undefined;
  return { ...own, fixtures: [...own.fixtures, ...(tensors ? [tensors] : [])] };
}
