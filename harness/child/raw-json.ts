import { randomUUID } from 'node:crypto';

/** JSON.rawJSON, which Lambda's Node.js has: where this machine's is older, numbers by their digits are written all the same. */
export function provideRawJson(): void {
  if ('rawJSON' in JSON) return;
  const mark = `${randomUUID()}:`;
  const marked = new RegExp(`"${mark}(-?\\d+)"`, 'g');
  const stringify = JSON.stringify as (...args: unknown[]) => string | undefined;
  Object.assign(JSON, {
    rawJSON: (text: string) => ({ rawJSON: text, toJSON: () => mark + text }),
    stringify: (...args: unknown[]) => stringify(...args)?.replaceAll(marked, '$1'),
  });
}
