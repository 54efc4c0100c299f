import { randomUUID } from 'node:crypto';

/** What newer runtimes have: a number in JSON by its digits. */
const { rawJSON } = JSON as { readonly rawJSON?: (text: string) => object };

/** Begins what stands for digits while text is made where there is no rawJSON. Nobody can guess it. */
const mark = `${randomUUID()}:`;
let marking = false;

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
