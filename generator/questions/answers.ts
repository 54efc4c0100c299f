import type { Auth, Blueprint, StageName } from '../blueprint.ts';
import type { Output } from '../outputs/table.ts';
import type { Preprocessing } from '../pictures/preprocessing.ts';
import type { ImageClassification } from '../tasks/image-classification/settings.ts';
import type { ImageToImage } from '../tasks/image-to-image/settings.ts';
import type { Pooling } from '../tasks/text-embedding/settings.ts';
import type { Head, ObjectDetection } from '../tasks/object-detection/settings.ts';
import type { TaskKind } from '../tasks/settings.ts';
import type { Trigger } from '../triggers/table.ts';

type HeadField<Name extends string> = Extract<Head, Record<Name, unknown>>[Name &
  keyof Extract<Head, Record<Name, unknown>>];

export type PackageManager = 'npm' | 'pnpm' | 'yarn';

/** Per stage: who may call it, and the account and region that it must be deployed to, where that was said. */
type StageAnswers = {
  [Key in `auth${Capitalize<StageName>}`]: Auth;
} & {
  [Key in `${'account' | 'region'}${Capitalize<StageName>}`]: string | undefined;
};

/** What was asked, flagged or defaulted; one entry a question. Paths are as they were typed, relative to the working folder. */
export interface Answers extends StageAnswers {
  dir: string;
  model: string;
  name: string;
  description: string;
  task: TaskKind;
  labels: string | undefined;
  modelName: string;
  modelVersion: string;
  /** Width and height in pixels. */
  size: readonly [number, number];
  resize: Preprocessing['resize']['kind'];
  /** Pixels of the shorter side before the middle is cropped; read where resize is `crop`. */
  shortestEdge: number;
  /** 0…255, what `pad` fills with. */
  fill: number;
  resample: Preprocessing['resample'];
  colorOrder: Preprocessing['colorOrder'];
  layout: Preprocessing['layout'];
  rescaleFactor: number;
  mean: readonly number[];
  std: readonly number[];
  scores: ImageClassification['scores'];
  top: number;
  outputColors: ImageToImage['result']['colors'];
  outputValues: ImageToImage['result']['values'];
  answerSize: ImageToImage['size'];
  /** Tokens of a text that are read. */
  maxTokens: number;
  pooling: Pooling;
  /** Whether vectors get length 1. */
  normalize: boolean;
  head: Head['kind'];
  boxFormat: HeadField<'format'>;
  boxUnit: HeadField<'unit'>;
  firstClass: number;
  background: HeadField<'background'>;
  activation: HeadField<'activation'>;
  suppression: ObjectDetection['suppression'];
  /** 0…1, as is the next. */
  scoreThreshold: number;
  iouThreshold: number;
  maxDetections: number;
  /** Names, in the order of the columns of a row. */
  features: readonly string[];
  memory: number;
  timeout: number;
  architecture: 'arm64' | 'x86_64';
  megapixels: number;
  /** How the model gets to the function. */
  modelSource: 'layer' | 's3' | 'https';
  /** `shared`, `stack`, or the name of a bucket that is there; read where the model is in S3. */
  modelBucket: string;
  triggers: readonly Trigger[];
  inputs: Blueprint['inputs'];
  outputs: readonly Output[];
  package: Blueprint['package']['kind'];
  dialect: Blueprint['dialect'];
  /** Whether the service answers the Open Inference Protocol. */
  protocol: boolean;
  packageManager: PackageManager;
  git: boolean;
  install: boolean;
  /** Files or folders; none: pictures are made up. */
  pictures: readonly string[];
}
