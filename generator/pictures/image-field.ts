import type { JsonSchema } from '../../swagger/schemas.ts';

/**
 * The picture in a request.
 *
 * It has no pattern and no maxLength on purpose: API Gateway matches patterns over megabytes by backtracking, and a body that is
 * too large is 413, not the 400 of a validator. That it is base64 and a picture is the function's to check.
 */
export const imageField: JsonSchema = {
  description: 'The picture (JPEG, PNG or WebP) as base64.',
  type: 'string',
  format: 'byte',
  minLength: 1,
};
