import type { Written } from '../local-aws/service.ts';

/** Longer texts are cut: the file has all of it. */
const LONGEST = 400;

/** What came out at the other end, for people: a line each. */
export function tellWritten(written: readonly Written[]): string {
  return written.map(({ to, name, key, content }) => `${to}  ${name}  ${key}  ${told(content)}\n`).join('');
}

function told(content: Uint8Array | string): string {
  const text = typeof content === 'string' ? content : Buffer.from(content).toString('utf8');
  // No text at all has this character.
  if (text.includes('\uFFFD')) return `${content.length} bytes`;
  return text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text;
}
