import type { Body } from './http.ts';

/** The bytes of a file, such as a picture; in browsers a `File` is a `Blob`. */
export type Bytes = Blob | ArrayBuffer | Uint8Array;

/** A request whose base64 may be given as the bytes that it stands for. */
export type OrBytes<Request, Name extends keyof Request> = {
  [Key in keyof Request]: Key extends Name ? Bytes | Request[Key] : Request[Key];
};

/** Bytes that a file of each type starts with; null stands for any byte. */
const STARTS: readonly (readonly [type: string, start: readonly (number | null)[]])[] = [
  ['image/jpeg', [0xff, 0xd8, 0xff]],
  ['image/png', [0x89, 0x50, 0x4e, 0x47]],
  ['image/webp', [0x52, 0x49, 0x46, 0x46, null, null, null, null, 0x57, 0x45, 0x42, 0x50]],
];

/** By what it can do: another realm has another class. */
function isBytes(value: unknown): value is Bytes {
  if (typeof value !== 'object' || value === null) return false;
  return (
    ArrayBuffer.isView(value) ||
    'arrayBuffer' in value ||
    Object.prototype.toString.call(value) === '[object ArrayBuffer]'
  );
}

async function bytesOf(given: Bytes): Promise<Uint8Array<ArrayBuffer>> {
  if ('arrayBuffer' in given) return new Uint8Array(await given.arrayBuffer());
  return new Uint8Array(given);
}

/** Bytes, or an object with bytes in it, as a request's body. The type is told by the bytes where it is not given. */
export async function bodyOf(input: object, contentType?: string): Promise<Body> {
  if (!isBytes(input)) {
    const fields = Object.entries(input).map(
      async ([name, value]: [string, unknown]) =>
        [name, isBytes(value) ? base64(await bytesOf(value)) : value] as const,
    );
    return { contentType: 'application/json', body: JSON.stringify(Object.fromEntries(await Promise.all(fields))) };
  }
  const body = await bytesOf(input);
  const [sniffed] = STARTS.find(([, start]) => start.every((byte, i) => byte === null || byte === body[i])) ?? [];
  const named = 'type' in input ? input.type : '';
  return { contentType: contentType ?? sniffed ?? (named || 'application/octet-stream'), body };
}

function base64(bytes: Uint8Array): string {
  const parts: string[] = [];
  // More arguments at once are more than some engines take.
  for (let i = 0; i < bytes.length; i += 8192) parts.push(String.fromCharCode(...bytes.subarray(i, i + 8192)));
  return btoa(parts.join(''));
}
