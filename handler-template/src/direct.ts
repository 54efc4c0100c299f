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
  const result = answer.kind === 'json' ? answer.body : asJson(answer);
  checkResponseSize(result);
  return result;
}

function asJson({ name, bytes, contentType }: Extract<Answer, { kind: 'bytes' }>): object {
  return { [name]: asBase64(bytes), contentType, model: modelInfo };
}
