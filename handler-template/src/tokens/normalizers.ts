import { charsmap } from './charsmap.ts';
import type { Normalizer } from './library.ts';

/** A part of tokenizer.json that changes a text before it is cut. */
export interface Part {
  readonly type: string;
  readonly pattern?: { readonly Regex?: string };
  readonly content?: string;
  /** Of a sequence. */
  readonly normalizers?: readonly Part[];
}

/** What the library does not know: control characters go, and blanks of all kinds become one. */
const NMT: Part = sequence([
  replace('[\\u0001-\\u0008\\u000b\\u000e-\\u001f\\u007f\\u008f\\u009f]', ''),
  replace('[\\t\\n\\f\\r\\u1680\\u200b-\\u200f\\u2028\\u2029\\u2581\\ufeff\\ufffd]', ' '),
]);

/** The same part without what the library lacks. */
export function withoutNmt(part: Part): Part {
  if (part.type === 'Nmt') return NMT;
  return part.normalizers ? { ...part, normalizers: part.normalizers.map(withoutNmt) } : part;
}

function sequence(normalizers: readonly Part[]): Part {
  return { type: 'Sequence', normalizers };
}

function replace(Regex: string, content: string): Part {
  return { type: 'Replace', pattern: { Regex }, content };
}

/** The same normalizer, where the library takes a shorter way led the long one. */
export function exact(normalizer: Normalizer): Normalizer {
  const { type, lowercase, handle_chinese_chars: chinese, precompiled_charsmap: map } = normalizer.config;
  const plain = normalizer.normalize;
  const original = (text: string): string => plain.call(normalizer, text);
  if (normalizer.normalizers) normalizer.normalizers = normalizer.normalizers.map((one) => one && exact(one));
  if (type === 'Precompiled') normalizer.normalize = map ? charsmap(map) : (text) => text;
  if (type === 'Lowercase') normalizer.normalize = (text) => original(sigma(text));
  if (type === 'BertNormalizer') {
    normalizer.normalize = (text) => original((chinese ? apart : same)((lowercase ? sigma : same)(text)));
  }
  return normalizer;
}

const same = (text: string): string => text;

/** JavaScript makes another letter of it at a word's end. */
const sigma = (text: string): string => text.replaceAll('Σ', 'σ');

/** Ideographs beyond the first plane, in BERT's own ranges. */
const apart = (text: string): string =>
  text.replace(
    /[\u{20000}-\u{2a6df}\u{2a700}-\u{2b73f}\u{2b740}-\u{2b81f}\u{2b920}-\u{2ceaf}\u{2f800}-\u{2fa1f}]/gu,
    ' $& ',
  );
