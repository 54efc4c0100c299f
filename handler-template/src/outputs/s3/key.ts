import { createHash } from 'node:crypto';

/** Bytes of a key in S3 at most. */
const LONGEST = 1024;

/** What no key shall have in it: characters that XML has no place for. */
const CONTROL = /[\u0000-\u001f\u007f\ufffe\uffff]/g;

/**
 * The key of an answer: PREFIX/folder/cat.jpg.json for folder/cat.jpg. Parts that mean another folder to some tool (empty ones, `.` and `..`) are
 * left out and what is too long is cut; then a piece of the name's hash tells it from others, so that two names never have one key.
 *
 * @param ending without a dot
 */
export function keyOf(prefix: string, name: string, ending: string): string {
  const parts = name.split('/').filter((part) => !['', '.', '..'].includes(part));
  // A surrogate that is alone has no bytes of its own.
  const safe = Buffer.from(parts.join('/').replace(CONTROL, '_')).toString();
  const room = LONGEST - Buffer.byteLength(`${prefix}.${ending}`);
  if (safe === name && name !== '' && Buffer.byteLength(safe) <= room) return `${prefix}${safe}.${ending}`;
  // JSON tells all strings apart, UTF-8 does not.
  const mark = `~${createHash('sha256').update(JSON.stringify(name)).digest('hex').slice(0, 32)}`;
  return `${prefix}${cut(safe, room - mark.length)}${mark}.${ending}`;
}

/** As much of a text as has so many bytes, and no half character. */
function cut(text: string, bytes: number): string {
  return Buffer.from(text)
    .subarray(0, bytes)
    .toString()
    .replace(/\ufffd+$/, '');
}
