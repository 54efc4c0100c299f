/** Who reads a prediction knows which model they asked. */
const LEFT_OUT = 'model';

/**
 * An answer as lines for people: an item of a list a line, with its values one after another.
 *
 * @example { predictions: [{ className: 'seven', probability: 0.99994 }], model: {…} } → "seven 0.9999\n"
 */
export function readable(body: object): string {
  const lines = Array.isArray(body)
    ? body.map(values)
    : Object.entries(body)
        .filter(([key]) => key !== LEFT_OUT)
        .flatMap(([key, value]) => linesOf(key, value));
  return lines.map((line) => `${line}\n`).join('');
}

/** A list of lists or of objects has a line for each; anything else is a line that says what it is. */
function linesOf(key: string, value: unknown): readonly string[] {
  const isTable = Array.isArray(value) && value.length > 0 && value.every(isGroup);
  return isTable ? value.map(values) : [`${key} ${values(value)}`.trimEnd()];
}

const isGroup = (value: unknown): value is object => typeof value === 'object' && value !== null;

/** All values in there, one after another. */
function values(value: unknown): string {
  if (isGroup(value) && !isNumber(value)) return Object.values(value).map(values).join(' ');
  return typeof value === 'number' ? short(value) : oneLine(value);
}

/** Digits of a large number, see exact.ts. */
const isNumber = (value: object): boolean => 'toJSON' in value || 'rawJSON' in value;

/** A line is for one prediction. */
function oneLine(value: unknown): string {
  const text = typeof value === 'string' ? value : JSON.stringify(value).replace(/^"(.*)"$/s, '$1');
  return text.replace(/\s+/g, ' ');
}

/** Four digits behind the point, or four in all where these would say nothing. */
function short(number: number): string {
  if (Number.isInteger(number)) return String(number);
  return Math.abs(number) >= 0.001 && Math.abs(number) < 1e6 ? number.toFixed(4) : number.toPrecision(4);
}
