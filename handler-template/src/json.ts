import { Validator, type Schema } from '@cfworker/json-schema';
import { ServiceError } from './errors.ts';
import { schemas, type PredictRequest } from './model.ts';

const predictRequest = new Validator(schemas.predictRequest as unknown as Schema, '4');

/**
 * Parses a request's body.
 *
 * @throws ServiceError EMPTY_BODY, INVALID_JSON
 */
export function parseJson(body: string | Uint8Array): unknown {
  if (body.length === 0) throw new ServiceError('EMPTY_BODY', 'The body is empty: expected {"image": "<base64>"}.');
  try {
    return JSON.parse(typeof body === 'string' ? body : new TextDecoder('utf-8', { fatal: true }).decode(body));
  } catch {
    throw new ServiceError('INVALID_JSON', 'The body is not JSON: expected {"image": "<base64>"}.');
  }
}

/**
 * Checks a value against the API's schema; nothing else gets past this point.
 *
 * @throws ServiceError INVALID_REQUEST naming the part that is wrong
 */
export function checkPredictRequest(value: unknown): PredictRequest {
  const { valid, errors } = predictRequest.validate(value ?? null);
  if (valid) return value as PredictRequest;
  // The last error is the innermost: the first ones only say that something below is wrong.
  const { instanceLocation, error } = errors.at(-1) ?? { instanceLocation: '#', error: 'does not match the schema.' };
  const place = instanceLocation === '#' ? 'The request' : instanceLocation.slice(2, 102);
  const reason = error === 'False boolean schema.' ? 'is not a known key.' : error.slice(0, 200);
  throw new ServiceError('INVALID_REQUEST', `${place}: ${reason}`);
}
