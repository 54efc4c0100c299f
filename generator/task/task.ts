import type { Task } from '../blueprint.ts';
import type { ModelSpec, TensorSpec } from '../model/spec.ts';
import type { Trial } from '../model/trial.ts';
import type { Hint } from './hint.ts';
import type { SideFile } from './side-files.ts';

/** All that is known of a model when its task is guessed. */
export interface ModelFacts {
  readonly spec: ModelSpec;
  /** As they are served, after mending. */
  readonly inputs: readonly TensorSpec[];
  readonly outputs: readonly TensorSpec[];
  /** Left out where the model was not run. */
  readonly trial?: Trial | undefined;
  readonly sideFiles: readonly SideFile[];
}

/** Whether a signature can serve a task; if not, what it would take and what came. `unsure`: only a trial run can tell. */
export type Fit =
  | { readonly kind: 'fits' }
  | { readonly kind: 'unsure'; readonly why: string }
  | { readonly kind: 'misfit'; readonly expected: string; readonly got: string };

/** Class names with where they come from. */
export type LabelsHint = Hint<readonly string[]>;

/** One line of the reasons that a person reads: a field of the task, its value, and why. */
export interface Reason {
  readonly field: string;
  readonly hint: Hint<unknown>;
}

/** What every task's guess has; a task adds its own fields. */
export interface GuessOf<Kind extends Task['kind']> {
  readonly kind: Kind;
  /** Complete: where nothing says otherwise, with sound defaults. */
  readonly task: Extract<Task, { kind: Kind }>;
  /** Undefined where the task has no classes or nobody names them. */
  readonly labels: LabelsHint | undefined;
  readonly reasons: readonly Reason[];
}

/** One task: does a model fit it, and what is likely. A new task is a module of this shape and a row in table.ts. */
export interface TaskModule<Kind extends Task['kind'], Guess extends GuessOf<Kind>> {
  readonly kind: Kind;
  /** What it does, for people. */
  readonly title: string;
  fit(facts: ModelFacts): Fit;
  /** Only called where the model fits. */
  guess(facts: ModelFacts): Guess;
  /** Height and width to try a model of open size with. */
  sizeHint(facts: Pick<ModelFacts, 'spec' | 'sideFiles'>): { height: number; width: number } | undefined;
}
