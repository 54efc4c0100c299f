import { randomUUID } from 'node:crypto';

/** What newer runtimes have: a number in JSON by its digits. */
const { rawJSON } = JSON as { readonly rawJSON?: (text: string) => object };

/** Begins what stands for digits while JSON is made or read. Nobody can guess it. */
const mark = `${randomUUID()}:`;
let marking = false;

/** A whole number that JSON.parse may round; in a string too, which costs time and nothing else. */
const LONG = /(?<=^|[\s,:[])-?\d{16,}(?=[\s,\]}]|$)/;
const STRING_OR_LONG = new RegExp(String.raw`"[^"\\]*(?:\\.[^"\\]*)*"|${LONG.source}`, 'g');

/** Digits; as JSON that is made by others a string. */
class Digits {
  readonly #digits: string;

  constructor(digits: string) {
    this.#digits = digits;
  }

  toJSON(): string {
    return marking ? mark + this.#digits : this.#digits;
  }
}

/** A whole number as JSON can say it: where a JavaScript number would be rounded, by its digits. */
export function exact(value: bigint): unknown {
  const number = Number(value);
  if (Number.isSafeInteger(number)) return number;
  return rawJSON ? rawJSON(String(value)) : new Digits(String(value));
}

/** JSON text in which what `exact` made are numbers. */
export function stringify(body: object): string {
  marking = true;
  try {
    const text = JSON.stringify(body);
    return rawJSON ? text : text.replaceAll(new RegExp(`"${mark}(-?\\d+)"`, 'g'), '$1');
  } finally {
    marking = false;
  }
}

/** JSON.parse, but that whole numbers beyond 2^53 are bigint. @throws SyntaxError */
export function parse(text: string): unknown {
  const value: unknown = JSON.parse(text);
  if (!LONG.test(text)) return value;
  // It is JSON, so strings end, and what looks like a number outside of them is one.
  const marked = text.replaceAll(STRING_OR_LONG, (found) => (found.startsWith('"') ? found : `"${mark}${found}"`));
  return JSON.parse(marked, (_key, one: unknown) =>
    typeof one === 'string' && one.startsWith(mark) ? whole(BigInt(one.slice(mark.length))) : one,
  );
}

const whole = (value: bigint): number | bigint => (Number.isSafeInteger(Number(value)) ? Number(value) : value);
