import { FileReader, WireError } from './file-reader.ts';
import type { Hash } from 'node:crypto';

/** What to do with a message's fields, by number: drop them, or go into them. All others are copied. */
interface Rule {
  readonly drop?: readonly number[];
  /** Of these, which are copied all the same while the message stays small. */
  readonly small?: readonly number[];
  readonly enter?: Readonly<Record<number, () => Rule>>;
  /** Where field 1, the name, is one of these, nothing is dropped. */
  readonly whole?: ReadonlySet<string>;
}

/** Attributes that say what columns mean, or that mendings look at. */
const WHOLE = new Set([
  'classlabels_strings', 'classlabels_int64s', 'classlabels_ints', 'string_vocabulary', 'int64_vocabulary',
  'cast_to', 'map_form', 'locale', 'case_change_action', 'stopwords',
]); // prettier-ignore

// The payload of tensors, long attribute values, documentation of nodes and shapes of inner tensors are what makes a file big.
// Names of classes may be a tensor: what is small is kept where it is text, bytes, or packed.
const tensor: Rule = { drop: [4, 5, 6, 7, 9, 10, 11, 12], small: [5, 6, 7, 9] };
const sparse: Rule = { enter: { 1: () => tensor, 2: () => tensor } };
const attribute: Rule = {
  drop: [4, 7, 8, 9, 13],
  whole: WHOLE,
  enter: { 5: () => tensor, 6: () => graph, 10: () => tensor, 11: () => graph, 22: () => sparse, 23: () => sparse },
};
const node: Rule = { drop: [6, 9], enter: { 5: () => attribute } };
const graph: Rule = { drop: [13], enter: { 1: () => node, 5: () => tensor, 15: () => sparse } };
const fn: Rule = { drop: [8, 12, 14], enter: { 7: () => node, 11: () => attribute } };
const model: Rule = { drop: [20], enter: { 7: () => graph, 25: () => fn } };

/** A single value longer than this is no name and no metadata: it is left out. */
const LONGEST_VALUE = 16 << 20;
const SMALL_MESSAGE = 4096;
const DEEPEST = 200;

/** What was seen before reading stopped: it tells a model cut short from a file of another kind. */
export interface Progress {
  irVersion: number | undefined;
}

/**
 * Copies an ONNX ModelProto from a file without the weights, in one pass over the file.
 *
 * @param hash takes every byte of the file
 * @param progress is written to while reading, to be looked at after an error
 * @returns a valid, small ModelProto message
 * @throws WireError
 */
export function readSkeleton(fd: number, size: number, hash: Hash, progress: Progress): Buffer {
  const reader = new FileReader(fd, size, hash);
  const parts: Buffer[] = [];
  message(reader, size, model, parts, 0, (field, value) => {
    if (field === 1) progress.irVersion = value;
  });
  return Buffer.concat(parts);
}

/** Copies one message that ends at `end`; answers with the length of what was copied. */
function message(
  reader: FileReader,
  end: number,
  rule: Rule,
  parts: Buffer[],
  depth: number,
  onVarint?: (field: number, value: number) => void,
): number {
  if (depth > DEEPEST) throw new WireError('malformed', reader.position);
  let total = 0;
  let whole = false;
  const put = (part: Buffer): void => {
    parts.push(part);
    total += part.length;
  };
  while (reader.position < end) {
    const tag = reader.varint();
    const field = Math.floor(tag / 8);
    const dropped = !whole && (rule.drop?.includes(field) ?? false);
    if (field === 0) throw new WireError('malformed', reader.position);
    switch (tag % 8) {
      case 0: {
        const value = varintBytes(reader);
        onVarint?.(field, value.value);
        if (!dropped) put(Buffer.concat([varint(tag), value.bytes]));
        break;
      }
      case 1:
      case 5: {
        const length = tag % 8 === 1 ? 8 : 4;
        within(reader, length, end);
        const bytes = reader.bytes(length);
        if (!dropped) put(Buffer.concat([varint(tag), bytes]));
        break;
      }
      case 2: {
        const length = reader.varint();
        within(reader, length, end);
        const inner = rule.enter?.[field];
        if (inner) {
          const place = parts.push(Buffer.alloc(0)) - 1;
          const copied = message(reader, reader.position + length, inner(), parts, depth + 1);
          const head = Buffer.concat([varint(tag), varint(copied)]);
          parts[place] = head;
          total += head.length + copied;
        } else if ((dropped && !isSmall(rule, field, total + length)) || length > LONGEST_VALUE) reader.skip(length);
        else {
          const bytes = reader.bytes(length);
          if (field === 1) whole = rule.whole?.has(bytes.toString()) ?? false;
          put(Buffer.concat([varint(tag), varint(length), bytes]));
        }
        break;
      }
      default: // groups (3, 4) do not occur in ONNX
        throw new WireError('malformed', reader.position);
    }
  }
  if (reader.position !== end) throw new WireError('malformed', reader.position);
  return total;
}

const isSmall = ({ small }: Rule, field: number, size: number): boolean =>
  size <= SMALL_MESSAGE && (small?.includes(field) ?? false);

function within(reader: FileReader, length: number, end: number): void {
  if (reader.position + length <= end) return;
  throw new WireError(end === reader.size ? 'truncated' : 'malformed', reader.position);
}

/** A varint with its own bytes: a negative one does not fit a number. */
function varintBytes(reader: FileReader): { value: number; bytes: Buffer } {
  const bytes: number[] = [];
  let value = 0;
  do {
    if (bytes.length === 10) throw new WireError('malformed', reader.position);
    const byte = reader.byte();
    value += (byte & 0x7f) * 2 ** (7 * bytes.length);
    bytes.push(byte);
  } while ((bytes.at(-1) as number) >= 0x80);
  return { value, bytes: Buffer.from(bytes) };
}

function varint(value: number): Buffer {
  const bytes: number[] = [];
  for (; value >= 0x80; value = Math.floor(value / 128)) bytes.push((value % 128) | 0x80);
  bytes.push(value);
  return Buffer.from(bytes);
}
