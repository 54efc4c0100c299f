import type { Preprocessing } from '../../pictures/preprocessing.ts';

/** What the four numbers of a box are: centre and size, two corners (TensorFlow has y first), or a corner and the size. */
export type BoxFormat = 'cxcywh' | 'xyxy' | 'yxyx' | 'xywh';

/** Pixels of the model's input, or parts of its width and height. */
export type BoxUnit = 'pixels' | 'normalized';

/** What the boxes of an output are; all heads but those that fix it have this. */
export interface BoxLayout {
  readonly format: BoxFormat;
  readonly unit: BoxUnit;
}

/** One matrix with a row or a column a box. */
interface Matrix extends BoxLayout {
  readonly output: string;
  /** What a row of the matrix is: a box with all of its values, or one value of all boxes. */
  readonly rows: 'boxes' | 'values';
}

/** What the model's outputs are: see heads/ for what each is decoded by. */
export type Head =
  /** Box, objectness, a score a class. */
  | ({ readonly kind: 'yolo-v5' } & Matrix)
  /** Box, a score a class. */
  | ({ readonly kind: 'yolo-v8' } & Matrix)
  /** Box, score, class: what is left after suppression or without a need for it. */
  | ({ readonly kind: 'yolo-end-to-end' } & Matrix)
  /** Boxes, scores and classes apart, suppressed already: torchvision, TensorFlow's object detection. */
  | ({
      readonly kind: 'detections';
      readonly boxes: string;
      readonly scores: string;
      readonly labels: string;
      /** How many of the rows count. */
      readonly count?: string;
      /** Number of the first class: 1 where 0 is the background. */
      readonly firstClass: 0 | 1;
    } & BoxLayout)
  /** Every box with a score for each class: SSD before suppression, DETR. */
  | ({
      readonly kind: 'ssd';
      readonly boxes: string;
      readonly scores: string;
      readonly activation: 'none' | 'softmax' | 'sigmoid';
      /** Where the class that means nothing is. */
      readonly background: 'first' | 'last' | 'none';
    } & BoxLayout)
  /** A grid of cells with objectness, a box and a score a class. */
  | { readonly kind: 'fastest-det'; readonly output: string };

export interface Settings {
  readonly kind: 'object-detection';
  readonly input: string;
  readonly head: Head;
  /** Left out where the model answers with numbers of classes and nobody says how many there are. */
  readonly classes?: number;
  readonly scoreThreshold: number;
  readonly iouThreshold: number;
  readonly maxDetections: number;
  /** Which boxes suppress each other: none where the graph does it. */
  readonly suppression: 'per-class' | 'agnostic' | 'none';
  readonly preprocessing: Preprocessing;
}
