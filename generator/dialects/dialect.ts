import type { Operation } from '../../swagger/operation.ts';
import type { Blueprint } from '../blueprint.ts';
import type { Answers } from '../questions/answers.ts';
import type { Sample } from '../render/fixtures.ts';
import type { Fixtures, ReadmeParts } from '../tasks/task.ts';

/** Names of fields and shape of answers of POST /predict and direct invokes; the handler's side is handler-template/src/dialects/NAME.ts. */
export interface Dialect {
  /** What it is, for people. */
  readonly title: string;
  /** Why a project can't speak it; undefined where it can, or where that is not known yet. */
  readonly misfit: (answers: Partial<Answers>) => string | undefined;
  /** What of handler-template/src/dialects/ it needs. */
  readonly files: readonly string[];
  /** The field of a URL in place of data; left out where it is the task's. */
  readonly url?: string;
  /** @param standard POST /predict as the task has it; URLs are none of its business */
  readonly operation: (standard: Operation) => Operation;
  /** Requests and expected answers, from those of the task. */
  readonly fixtures: (standard: Fixtures, blueprint: Blueprint) => Fixtures;
  readonly readme: (standard: ReadmeParts, blueprint: Blueprint, sample: Sample) => ReadmeParts;
}
