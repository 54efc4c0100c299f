import { z } from 'zod';
import { Preprocessing } from '../../pictures/preprocessing.ts';

const layout = {
  /** What the four numbers of a box are: centre and size, two corners (TensorFlow has y first), or a corner and the size. */
  format: z.enum(['cxcywh', 'xyxy', 'yxyx', 'xywh']),
  /** Pixels of the model's input, or parts of its width and height. */
  unit: z.enum(['pixels', 'normalized']),
};
const matrix = {
  output: z.string(),
  /** What a row of the matrix is: a box with all of its values, or one value of all boxes. */
  rows: z.enum(['boxes', 'values']),
  ...layout,
};

/** What the model's outputs are, and so how they are decoded. */
export const Head = z.discriminatedUnion('kind', [
  /** Box, objectness, a score a class. */
  z.strictObject({ kind: z.literal('yolo-v5'), ...matrix }),
  /** Box, a score a class. */
  z.strictObject({ kind: z.literal('yolo-v8'), ...matrix }),
  /** Box, score, class: what is left after suppression or without a need for it. */
  z.strictObject({ kind: z.literal('yolo-end-to-end'), ...matrix }),
  /** Boxes, scores and classes apart, suppressed already: torchvision, TensorFlow's object detection. */
  z.strictObject({
    kind: z.literal('detections'),
    boxes: z.string(),
    scores: z.string(),
    labels: z.string(),
    /** How many of the rows count. */
    count: z.string().optional(),
    /** Number of the first class: 1 where 0 is the background. */
    firstClass: z.literal([0, 1]),
    ...layout,
  }),
  /** Every box with a score for each class: SSD before suppression, DETR. */
  z.strictObject({
    kind: z.literal('ssd'),
    boxes: z.string(),
    scores: z.string(),
    activation: z.enum(['none', 'softmax', 'sigmoid']),
    /** Where the class that means nothing is. */
    background: z.enum(['first', 'last', 'none']),
    ...layout,
  }),
  /** A grid of cells with objectness, a box and a score a class. */
  z.strictObject({ kind: z.literal('fastest-det'), output: z.string() }),
]);
export type Head = z.infer<typeof Head>;

/** A picture in, boxes with their classes out. */
export const ObjectDetection = z.strictObject({
  kind: z.literal('object-detection'),
  input: z.string(),
  head: Head,
  /** Left out where the model answers with numbers of classes and nobody says how many there are. */
  classes: z.number().int().positive().optional(),
  /** What counts where a request does not say: boxes score more than this, */
  scoreThreshold: z.number().min(0).max(1),
  /** overlap by no more than this part of both together, */
  iouThreshold: z.number().min(0).max(1),
  /** and are no more than this. */
  maxDetections: z.number().int().positive(),
  /** Which boxes suppress each other: none where the graph does it. */
  suppression: z.enum(['per-class', 'agnostic', 'none']),
  preprocessing: Preprocessing,
});
export type ObjectDetection = z.infer<typeof ObjectDetection>;
