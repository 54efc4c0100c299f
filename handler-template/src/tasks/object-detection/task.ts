import { labelsIfAny, readLabels } from '../../model-file.ts';
import { readPicture, type Seen } from '../../pictures/picture.ts';
import {
  PICTURE_TYPES,
  type JsonPicture,
  pictureFromJson,
  pictureFromBytes,
  type PictureModel,
} from '../../pictures/request.ts';
import { toTensor } from '../../pictures/tensor.ts';
import { inputOf } from '../../spec.ts';
import type { Task } from '../../task-types.ts';
import { boxOnPicture, type Box } from './boxes.ts';
import { decoderOf } from './heads/table.ts';
import type { Settings } from './settings.ts';
import { suppress } from './suppression.ts';

/** How sure and how many; what a request does not say is in the settings. */
export interface Limits {
  readonly scoreThreshold?: number;
  readonly iouThreshold?: number;
  readonly maxDetections?: number;
}

export interface Request extends Limits {
  readonly image: JsonPicture;
}

export interface Wish {
  /** Reads the picture the first time it is called. */
  readonly look: () => Promise<Seen>;
  readonly limits: Limits;
}

export interface Detection {
  readonly className: string;
  readonly classId: number;
  readonly score: number;
  /** In the picture's own pixels, upright. */
  readonly box: Box;
}

/**
 * Picture in, boxes with their classes out.
 *
 * @example { "image": "<base64>", "scoreThreshold": 0.4 } → { "detections": [{ "className": "cat", "classId": 0, "score": 0.9, "box": {…} }], … }
 */
export function objectDetection(settings: Settings, model: PictureModel): Task<Request, Wish> {
  const { head, preprocessing, classes } = settings;
  const input = inputOf(model, settings.input);
  const labels = classes === undefined ? labelsIfAny() : readLabels(classes);
  const decoder = decoderOf(head);
  const wish = (picture: Buffer, limits: Limits): Wish => {
    let seen: Promise<Seen> | undefined;
    return { look: () => (seen ??= readPicture(picture, model.limits.megapixels, preprocessing)), limits };
  };
  return {
    example: '{"image": "<base64>"}',
    contentTypes: PICTURE_TYPES,
    fromBytes: (bytes) => wish(pictureFromBytes(bytes), {}),
    fromJson: ({ image, ...limits }) => wish(pictureFromJson(image), limits),
    async toFeeds({ look }) {
      const { pixels } = await look();
      return new Map([[input.name, toTensor(pixels, input, preprocessing)]]);
    },
    outputs: () => decoder.outputs(head),
    async toAnswer(results, { look, limits }) {
      const { pixels, size, placement } = await look();
      const { scoreThreshold, iouThreshold, maxDetections } = { ...settings, ...limits };
      const candidates = decoder.decode(head, { results, canvas: pixels, classes, scoreThreshold });
      const kept = suppress(candidates, settings.suppression, iouThreshold, maxDetections);
      const detections = kept.map(({ classId, score, corners }): Detection => {
        const className = labels[classId] ?? `class_${classId}`;
        return { className, classId, score, box: boxOnPicture(corners, size, placement) };
      });
      return { kind: 'json', body: { detections: detections.filter(visible), ...size } };
    },
  };
}

/** A box beside the picture, in what was filled up, is none. */
function visible({ box }: Detection): boolean {
  return box.width > 0 && box.height > 0;
}
