import type { JsonSchema } from '../../swagger/schemas.ts';
import type { Operation } from '../../swagger/operation.ts';
import { predictOperation } from '../tasks/predict-operation.ts';
import { PICTURE_TYPES, SMALLEST_PNG } from './content-types.ts';
import { pictureRequest } from './picture-request.ts';

/** What is of the task in POST /predict of a task that takes pictures. */
export interface PictureOperation extends Pick<Operation, 'summary' | 'answer'> {
  /** What comes back, as a sentence. */
  readonly answers: string;
  /** What JSON may say beside the picture, and an example of it. */
  readonly fields: Readonly<Record<string, JsonSchema>>;
  readonly example: object;
}

/** POST /predict with a picture: its bytes, or JSON with its base64. */
export function pictureOperation({ summary, answers, fields, example, answer }: PictureOperation): Operation {
  return predictOperation({
    summary,
    description: `Takes the picture as bytes, or as base64 in JSON. ${answers}`,
    request: {
      description: 'The picture: its bytes, or JSON with its base64.',
      bytes: PICTURE_TYPES,
      example: { image: SMALLEST_PNG, ...example },
      schema: pictureRequest(fields),
    },
    answer,
  });
}
