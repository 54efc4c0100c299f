import type { FileEntry } from '../write/file-map.ts';
import type { Blueprint } from '../blueprint.ts';
import type { Hint } from '../hints/hint.ts';
import type { SideFile } from '../hints/side-files.ts';
import type { ModelSpec, TensorSpec } from '../model/spec.ts';
import type { Served } from '../model/served-copy.ts';
import type { Trial } from '../model/trial.ts';
import type { Answers } from '../questions/answers.ts';
import type { TaskHints } from '../questions/context.ts';
import type { AnswerName } from '../questions/question.ts';
import type { Fixture, Sample } from '../render/fixtures.ts';
import type { Operation } from '../../swagger/operation.ts';
import type { Task } from './settings.ts';

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

/**
 * Whether a signature can serve a task; if not, what it would take and what came. `unsure`: only a trial run can tell. `possible`: it
 * does where somebody says so, too little speaks for it to be a guess.
 */
export type Fit =
  | { readonly kind: 'fits' }
  | { readonly kind: 'unsure' | 'possible'; readonly why: string }
  | { readonly kind: 'misfit'; readonly expected: string; readonly got: string };

/** Class names with where they come from. */
export type LabelsHint = Hint<readonly string[]>;

/** One line of the reasons that a person reads: a field of the task, its value, and why. */
export interface Reason {
  readonly field: string;
  readonly hint: Hint<unknown>;
}

/** What every task's guess has; a task adds its own fields. */
export interface GuessOf<Settings extends Task> {
  readonly kind: Settings['kind'];
  /** Complete: where nothing says otherwise, with sound defaults. */
  readonly task: Settings;
  /** Undefined where the task has no classes or nobody names them. */
  readonly labels: LabelsHint | undefined;
  readonly reasons: readonly Reason[];
  /** What a person should know who did not ask for this task. */
  readonly note?: string | undefined;
  /** What the task's questions may look at. */
  readonly hints: TaskHints;
}

/** What fixtures are made from. */
export interface FixtureParts {
  readonly answers: Answers;
  readonly served: Served;
  readonly trial: Trial;
  readonly sideFiles: readonly SideFile[];
  readonly blueprint: Blueprint;
  /** Class names in the order of the scores; empty where the task has none. */
  readonly labels: readonly string[];
  readonly cwd: string;
  readonly signal: AbortSignal;
}

/** What a project's tests send, and the request that its events and its README show. */
export interface Fixtures {
  readonly fixtures: readonly Fixture[];
  readonly sample: Sample;
}

/** What a project needs of handler-template/ for a task. */
export interface HandlerParts {
  /** Folders in src/ beside the files that all projects have. */
  readonly folders: readonly string[];
  /** Packages of the runtime layer. */
  readonly runtime: readonly string[];
  /** Packages of the function's bundle beside those that every function has. */
  readonly function?: readonly string[];
  /** Packages that are only there for type checks: Lambda brings them. */
  readonly types?: readonly string[];
  /** The text of src/task.ts. */
  readonly source: string;
}

/** What a task adds to the project's README. */
export interface ReadmeParts {
  /** What API and function do, as the end of a sentence: `answer a picture with its class`. */
  readonly does: string;
  /** curl's arguments for the sample request. */
  readonly curl: string;
  /** Markdown on the request, the answer and the errors of POST /predict. */
  readonly api: string;
  /** Markdown on how the model is fed. */
  readonly about: string;
}

/** One task. A new one is a folder with a module of this shape, its part in handler-template/src/tasks/, and a row in table.ts and settings.ts. */
export interface TaskModule<Settings extends Task, Guess extends GuessOf<Settings> = GuessOf<Settings>> {
  readonly kind: Settings['kind'];
  /** As a description begins: `Image classification`. */
  readonly name: string;
  /** What it does, for people. */
  readonly title: string;
  fit(facts: ModelFacts): Fit;
  /** Only called where the model fits. */
  guess(facts: ModelFacts): Guess;
  /** Height and width to try a model of open size with. */
  sizeHint(facts: Pick<ModelFacts, 'spec' | 'sideFiles'>): { height: number; width: number } | undefined;
  /** Questions that only make sense for tasks like this one, in the order in which they are asked. */
  readonly questions: readonly AnswerName[];
  /** The guess with what was answered. */
  settle(guess: GuessOf<Settings>, answers: Answers): Settings;
  /** What `settle` took from the answers, read back from the settings: an update starts from these. Every question in `questions` that settles something is here. */
  answers(settings: Settings): Partial<Answers>;
  /** How many lines model/labels.txt has; any number where the model does not say; undefined where there are no classes. */
  classes(settings: Settings): number | 'any' | undefined;
  /** POST /predict; undefined where there is none. */
  operation(settings: Settings, blueprint: Blueprint): Operation | undefined;
  fixtures(settings: Settings, parts: FixtureParts): Promise<Fixtures>;
  readme(settings: Settings, blueprint: Blueprint, sample: Sample): ReadmeParts;
  /** The same for all, or up to the settings: `handlerOf` asks. */
  readonly handler: HandlerParts | ((settings: Settings) => HandlerParts);
  /** Files that lie beside the model, besides labels.txt. */
  modelFiles?(sideFiles: readonly SideFile[]): Readonly<Record<string, FileEntry>>;
}
