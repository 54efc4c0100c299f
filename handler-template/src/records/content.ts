import { parse } from '../exact.ts';
import type { Incoming } from '../hooks.ts';
import { parseJson } from '../json.ts';
import { checkRequestSize } from '../limits.ts';
import { isInferRequest } from '../protocol/routes.ts';

/** A request as JSON text, as messages carry it. @throws ServiceError PAYLOAD_TOO_LARGE, EMPTY_BODY, INVALID_JSON */
export function fromText(text: string): Incoming {
  checkRequestSize(text);
  const value = parseJson(text, 'the JSON of a request');
  return { kind: 'json', value: isInferRequest(value) ? parse(text) : value };
}
