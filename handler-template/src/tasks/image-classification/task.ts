import { ServiceError } from '../../errors.ts';
import { readLabels } from '../../model-file.ts';
import { readPicture } from '../../pictures/picture.ts';
import type { Preprocessing } from '../../pictures/preprocessing.ts';
import {
  PICTURE_TYPES,
  type JsonPicture,
  pictureFromJson,
  pictureFromBytes,
  type PictureModel,
} from '../../pictures/request.ts';
import { toTensor } from '../../pictures/tensor.ts';
import { inputOf } from '../../spec.ts';
import type { Results } from '../../tensors.ts';
import type { Task } from '../../task-types.ts';
import { best, type Scores } from '../../scores.ts';

export interface Settings {
  readonly kind: 'image-classification';
  readonly input: string;
  readonly output: string;
  readonly scores: Scores;
  readonly classes: number;
  /** How many predictions are answered where the request does not say. */
  readonly top: number;
  readonly preprocessing: Preprocessing;
}

export interface Request {
  readonly image: JsonPicture;
  readonly top?: number;
}

export interface Wish {
  readonly picture: Buffer;
  readonly top: number | undefined;
}

/**
 * Picture in, the best classes out.
 *
 * @example { "image": "<base64>", "top": 3 } → { "predictions": [{ "className": "7", "probability": 0.98 }, …] }
 */
export function imageClassification(settings: Settings, model: PictureModel): Task<Request, Wish> {
  const { output, scores, classes, preprocessing } = settings;
  const input = inputOf(model, settings.input);
  const labels = readLabels(classes);
  return {
    example: '{"image": "<base64>"}',
    contentTypes: PICTURE_TYPES,
    fromBytes: (bytes) => ({ picture: pictureFromBytes(bytes), top: undefined }),
    fromJson: ({ image, top }) => ({ picture: pictureFromJson(image), top }),
    async toFeeds({ picture }) {
      const { pixels } = await readPicture(picture, model.limits.megapixels, preprocessing);
      return new Map([[input.name, toTensor(pixels, input, preprocessing)]]);
    },
    outputs: () => [output],
    toAnswer: (results, { top = settings.top }) => ({
      kind: 'json',
      body: { predictions: best(firstOf(results, output, classes), scores, labels, top) },
    }),
  };
}

/** Scores of the first picture of the batch, one a class. */
function firstOf(results: Results, output: string, classes: number): ArrayLike<number> {
  const result = results.get(output);
  if ((result?.type !== 'float32' && result?.type !== 'float64') || result.data.length < classes) {
    throw new ServiceError(
      'RESULT_UNEXPECTED',
      'The model answered with another kind of result than it was built for.',
    );
  }
  return result.data.subarray(0, classes);
}
