import type { Blueprint } from '../../blueprint.ts';
import { predictionsSchema, topSchema } from '../../classes/schemas.ts';
import { PICTURE_TYPES, SMALLEST_PNG } from '../../pictures/content-types.ts';
import { pictureRequest } from '../../pictures/picture-request.ts';
import { modelInfo } from '../../../swagger/schemas.ts';
import type { Operation } from '../../../swagger/operation.ts';
import type { ImageClassification } from './settings.ts';

/** POST /predict of a classifier. */
export function classifyOperation(settings: ImageClassification, { model }: Blueprint): Operation {
  const { name, version } = model;
  return {
    method: 'POST',
    path: '/predict',
    operationId: 'predict',
    tag: 'inference',
    summary: 'Classify a picture',
    description: 'Takes the picture as bytes, or as base64 in JSON. Answers with the classes that fit best.',
    request: {
      description: 'The picture: its bytes, or JSON with its base64.',
      bytes: PICTURE_TYPES,
      example: { image: SMALLEST_PNG, top: 1 },
      schema: pictureRequest({ top: topSchema(settings) }),
    },
    answer: {
      description: 'The classes that fit best, best first',
      example: { predictions: [{ className: 'seven', probability: 0.98 }], model: { name, version } },
      schema: {
        title: 'PredictResponse',
        type: 'object',
        required: ['predictions', 'model'],
        additionalProperties: false,
        properties: {
          predictions: predictionsSchema(settings.classes),
          model: modelInfo,
        },
      },
    },
  };
}
