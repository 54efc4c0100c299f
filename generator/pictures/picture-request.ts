import { imageField } from './image-field.ts';
import type { JsonSchema, NamedSchema } from '../../swagger/schemas.ts';

/** JSON with a picture, as a task's request has it. @param more what the task takes besides */
export function pictureRequest(more: Readonly<Record<string, JsonSchema>>): NamedSchema {
  return {
    title: 'PredictRequest',
    description: 'Body of POST /predict as JSON, and the event of a direct invoke.',
    type: 'object',
    required: ['image'],
    additionalProperties: false,
    properties: {
      image: imageField,
      ...more,
    },
  };
}
