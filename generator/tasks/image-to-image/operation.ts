import type { Blueprint } from '../../blueprint.ts';
import { PICTURE_TYPES, SMALLEST_PNG } from '../../pictures/content-types.ts';
import { pictureRequest } from '../../pictures/picture-request.ts';
import { modelInfo } from '../../../swagger/schemas.ts';
import type { Operation } from '../../../swagger/operation.ts';
import type { ImageToImage } from './settings.ts';

/** What an answer may be, the usual one first. */
export const ANSWER_TYPES = ['image/png', 'image/jpeg'] as const;

/** POST /predict of a model that makes a picture of a picture. */
export function imageToImageOperation(_: ImageToImage, { model }: Blueprint): Operation {
  const { name, version } = model;
  return {
    method: 'POST',
    path: '/predict',
    operationId: 'predict',
    tag: 'inference',
    summary: 'Make a picture of a picture',
    description:
      'Takes the picture as bytes, or as base64 in JSON. Answers with a picture, or with JSON where Accept asks for it.',
    request: {
      description: 'The picture: its bytes, or JSON with its base64.',
      bytes: PICTURE_TYPES,
      example: { image: SMALLEST_PNG },
      schema: pictureRequest({
        contentType: {
          description: `What the picture that comes back is, where Accept leaves it open: ${ANSWER_TYPES[0]} where this is left out.`,
          type: 'string',
          enum: ANSWER_TYPES,
        },
      }),
    },
    answer: {
      description: 'The picture',
      bytes: ANSWER_TYPES,
      example: { image: SMALLEST_PNG, contentType: ANSWER_TYPES[0], model: { name, version } },
      schema: {
        title: 'PredictResponse',
        description: 'What is answered as JSON, and by a direct invoke.',
        type: 'object',
        required: ['image', 'contentType', 'model'],
        additionalProperties: false,
        properties: {
          image: { description: 'The picture as base64.', type: 'string', format: 'byte', minLength: 1 },
          contentType: { type: 'string', enum: ANSWER_TYPES },
          model: modelInfo,
        },
      },
    },
  };
}
