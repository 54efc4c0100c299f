import { decodeBase64 } from './base64.ts';
import { ServiceError } from './errors.ts';
import type { Incoming } from './hooks.ts';
import { parseJson } from './json.ts';
import { checkRequestSize } from './limits.ts';
import type { Task } from './task-types.ts';

export const JSON_TYPE = 'application/json';

export interface Body {
  /** Content-Type header; API Gateway takes none for JSON. */
  readonly contentType: string | undefined;
  readonly text: string;
  readonly isBase64: boolean;
}

/**
 * Reads a body by its content type: bytes that the task takes, or JSON.
 *
 * @throws ServiceError EMPTY_BODY, INVALID_JSON, INVALID_BASE64, PAYLOAD_TOO_LARGE, UNSUPPORTED_CONTENT_TYPE
 */
export function incomingOf(
  { contentType = JSON_TYPE, text, isBase64 }: Body,
  { contentTypes, example, parse }: Pick<Task, 'contentTypes' | 'example' | 'parse'>,
): Incoming {
  const [mediaType = ''] = contentType.split(';', 1);
  const type = mediaType.trim().toLowerCase();
  const isBytes = contentTypes.includes(type);
  if (!isBytes && type !== JSON_TYPE) throw unsupported(contentTypes);
  checkRequestSize(text);
  const sent = isBase64 ? decodeBase64(text, 'The body') : text;
  if (!isBytes) return { kind: 'json', value: parseJson(sent, example, parse) };
  return { kind: 'bytes', contentType: type, bytes: typeof sent === 'string' ? Buffer.from(sent) : sent };
}

/** What the client wants. @throws ServiceError whatever the task finds wrong with it */
export function wishOf<Wish>(task: Task<unknown, Wish>, incoming: Incoming, accept?: string): Promise<Wish> | Wish {
  if (incoming.kind === 'json') return task.fromJson(incoming.value, accept);
  if (!task.fromBytes) throw unsupported(task.contentTypes);
  return task.fromBytes(incoming.bytes, incoming.contentType, accept);
}

function unsupported(contentTypes: readonly string[]): ServiceError {
  const expected = [contentTypes.join(', '), JSON_TYPE].filter(Boolean).join(' or ');
  return new ServiceError('UNSUPPORTED_CONTENT_TYPE', `Expected Content-Type ${expected}.`);
}
