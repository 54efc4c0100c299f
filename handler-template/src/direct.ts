import { asBase64, checkResponseSize } from './limits.ts';
import { modelInfo } from './predict.ts';
import type { Answer } from './task-types.ts';

/**
 * What a direct invoke answers: JSON as it is, bytes as base64 in JSON.
 *
 * @example { "image": "<base64>", "contentType": "image/png", "model": {…} }
 * @throws ServiceError RESPONSE_TOO_LARGE
 */
export function direct(answer: Answer): object {
  const result = jsonOf(answer);
  checkResponseSize(result);
  return result;
}

/** Any answer as an object for JSON. @throws ServiceError RESPONSE_TOO_LARGE */
export function jsonOf(answer: Answer): object {
  if (answer.kind === 'json') return answer.body;
  const { name, bytes, contentType } = answer;
  return { [name]: asBase64(bytes), contentType, model: modelInfo };
}
