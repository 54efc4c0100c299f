import { lastOf, mediaType, valuesOf, type Headers } from './http.ts';

const matches = (pattern: string, type: string): boolean => {
  const [kind, name] = pattern.toLowerCase().split('/');
  const [typeKind, typeName] = type.split('/');
  return (kind === '*' || kind === typeKind) && (name === '*' || name === typeName);
};

const isBinary = (type: string, binaryTypes: readonly string[]): boolean =>
  binaryTypes.some((pattern) => matches(pattern, type));

/** Whether a request's body goes to the function as base64: by its Content-Type; none counts as JSON. */
export const isBinaryRequest = (headers: Headers, binaryTypes: readonly string[]): boolean =>
  isBinary(mediaType(lastOf(headers, 'content-type') ?? 'application/json'), binaryTypes);

/** Whether base64 in an answer is decoded: API Gateway only ever looks at the first type that Accept names. */
export function isBinaryResponse(requestHeaders: Headers, binaryTypes: readonly string[]): boolean {
  if (binaryTypes.includes('*/*')) return true;
  const first = valuesOf(requestHeaders, 'accept')[0]?.split(',')[0];
  return first !== undefined && isBinary(mediaType(first), binaryTypes);
}

/** Bytes of strict base64 text, undefined where it is none: Node's own decoder takes anything. */
export function decodeBase64(text: string): Buffer | undefined {
  const plain = text.replace(/[\r\n]/g, '');
  if (!/^[A-Za-z0-9+/]*={0,2}$/.test(plain) || plain.replace(/=+$/, '').length % 4 === 1) return undefined;
  return Buffer.from(plain, 'base64');
}
