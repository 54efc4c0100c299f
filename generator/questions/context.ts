import type { Preprocessing } from '../pictures/preprocessing.ts';
import type { Hint } from '../hints/hint.ts';
import type { ImageToImage } from '../tasks/image-to-image/settings.ts';
import type { ImageClassification } from '../tasks/image-classification/settings.ts';
import type { Pooling } from '../tasks/text-embedding/settings.ts';
import type { HeadGuess } from '../tasks/object-detection/heads/head-guess.ts';
import type { ObjectDetection } from '../tasks/object-detection/settings.ts';
import type { TaskKind } from '../tasks/settings.ts';
import type { Answers, PackageManager } from './answers.ts';

/** What is known of the picture that a model takes. */
export interface PictureHints {
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
  /** Whether the habits of photographs' classifiers come before that for another size: crop, and the figures of ImageNet. */
  readonly habits?: 'photographs' | 'none';
}

/** What is known of the picture that a model gives. */
export interface ResultHints {
  readonly channels: 1 | 3 | 4;
  readonly colors: ImageToImage['result']['colors'];
  readonly values: Hint<ImageToImage['result']['values']>;
}

/** What is known of how a model reads texts. */
export interface TextHints {
  /** Tokens of a text where the graph fixes their number. */
  readonly fixedTokens: number | undefined;
  readonly maxTokens: number | undefined;
  readonly pooling?: Pooling;
  readonly normalize?: boolean;
  /** Names of the values that nothing says: a person is asked for these. */
  readonly unsure: readonly string[];
}

/** What is known of the features of a row. */
export interface FeatureHints {
  /** In the order of the columns. */
  readonly names: readonly string[];
  /** They are said somewhere, not numbered: not asked. */
  readonly certain: boolean;
}

/** What a task's guess tells its questions; what is absent is asked. */
export interface TaskHints {
  /** Length of the scores, where the graph fixes it. */
  readonly classes?: number | undefined;
  /** A labels file was found, or the metadata has the names. */
  readonly hasLabels?: boolean;
  readonly scores?: ImageClassification['scores'] | undefined;
  readonly picture?: PictureHints;
  readonly result?: ResultHints;
  readonly text?: TextHints;
  /** What a detector's outputs may be, the likeliest first. */
  readonly heads?: readonly HeadGuess[];
  readonly suppression?: ObjectDetection['suppression'];
  readonly features?: FeatureHints;
}

/** What the model's graph, its metadata and the files beside it say. */
export interface ModelHints extends TaskHints {
  readonly modelName: string | undefined;
  readonly modelVersion: string | undefined;
  /** Tasks that the model fits, the likeliest first, with the reason for it. */
  readonly tasks: readonly TaskKind[];
  /** What the task does, for a description. */
  readonly does: string;
  /** MB that the trial run advises. */
  readonly memory: number;
  /** Why the model can't lie in a layer, by architecture; undefined where it can. */
  readonly tooLarge: Readonly<Record<Answers['architecture'], string | undefined>>;
}

/** What a question may look at: the earlier answers, the model once it is read, and the surroundings. */
export interface Context {
  readonly answers: Partial<Answers>;
  /** Of a project that is there already: they hold where they still fit, and nobody is asked again. */
  readonly kept?: Partial<Answers>;
  readonly cwd: string;
  /** Of the package manager that started us. */
  readonly packageManager: PackageManager;
  readonly hints?: ModelHints;
}
