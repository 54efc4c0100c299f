import type { Preprocessing, Task } from '../blueprint.ts';
import type { Answers, PackageManager } from './answers.ts';

/** What the model's graph, its metadata and the files beside it say; what is absent is asked. */
export interface ModelHints {
  readonly modelName: string;
  readonly modelVersion: string | undefined;
  /** Length of the scores, where the graph fixes it. */
  readonly classes: number | undefined;
  /** A labels file was found, or the metadata has the names. */
  readonly hasLabels: boolean;
  /** Fixed by the graph: an answer that differs can't work. */
  readonly fixed: {
    readonly size: readonly [number | undefined, number | undefined];
    readonly layout: Preprocessing['layout'] | undefined;
    readonly channels: 1 | 3 | undefined;
    /** The graph takes bytes: 0…255 go in as they are. */
    readonly bytes: boolean;
  };
  /** What is said somewhere: not asked. */
  readonly preprocessing: Partial<Preprocessing>;
  /** Sound defaults for the rest, for the size and the colours that are in here. */
  readonly likely: Preprocessing | undefined;
  readonly scores: Task['scores'] | undefined;
}

/** What a question may look at: the earlier answers, the model once it is read, and the surroundings. */
export interface Context {
  readonly answers: Partial<Answers>;
  readonly cwd: string;
  /** Of the package manager that started us. */
  readonly packageManager: PackageManager;
  readonly hints?: ModelHints;
}
