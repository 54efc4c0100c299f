import { charsmap } from './charsmap.ts';
import { Tokenizer, type Normalizer } from './library.ts';

/** What tokenizer.json has, as far as it is looked at here. */
export interface TokenizerFile {
  readonly model: { readonly unk_token?: string };
  readonly pre_tokenizer: PreTokenizer | null;
  readonly truncation?: { readonly direction?: string } | null;
}

interface PreTokenizer {
  readonly type: string;
  readonly behavior?: string;
  readonly individual_digits?: boolean;
  /** Of a sequence. */
  readonly pretokenizers?: readonly PreTokenizer[];
}

/**
 * A tokenizer that gives the ids which Hugging Face's own gives. Where the library takes a shorter way (SentencePiece's character map, final
 * sigma, Chinese characters beyond the first 65,536, words that are not ASCII) it is led the long one.
 *
 * @throws Error for a part that the library does not know
 */
export function makeTokenizer(file: TokenizerFile): Tokenizer {
  const pre = file.pre_tokenizer && splitting(file.pre_tokenizer);
  const tokenizer = new Tokenizer({ ...file, pre_tokenizer: pre }, { unk_token: file.model.unk_token });
  tokenizer.normalizer = tokenizer.normalizer && exact(tokenizer.normalizer);
  return tokenizer;
}

/** What `\w` is in Rust. */
const WORD = '\\p{Alphabetic}\\p{M}\\p{Nd}\\p{Pc}\\u200c\\u200d';

/** The library's own know words and digits of ASCII only, other blanks, and take several marks for one; its Split does as Hugging Face's. */
const SPLITS: Readonly<Record<string, (part: PreTokenizer) => object | undefined>> = {
  Whitespace: () => ({ pattern: { Regex: `[${WORD}]+|[^${WORD}\\p{White_Space}]+` }, behavior: 'Removed', invert: true }),
  WhitespaceSplit: () => ({ pattern: { Regex: '\\p{White_Space}+' }, behavior: 'Removed', invert: false }),
  Digits: ({ individual_digits: single }) => isolated(single ? '\\p{N}' : '\\p{N}+'),
  Punctuation: ({ behavior = 'Isolated' }) =>
    behavior === 'Isolated' ? isolated('[\\p{P}!-\\/:-@\\[-`{-~]') : undefined,
};

function isolated(Regex: string): object {
  return { pattern: { Regex }, behavior: 'Isolated', invert: false };
}

function splitting(part: PreTokenizer): object {
  const split = SPLITS[part.type]?.(part);
  if (split) return { type: 'Split', ...split };
  return part.pretokenizers ? { ...part, pretokenizers: part.pretokenizers.map(splitting) } : part;
}

function exact(normalizer: Normalizer): Normalizer {
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
  text.replace(/[\u{20000}-\u{2a6df}\u{2a700}-\u{2b73f}\u{2b740}-\u{2b81f}\u{2b920}-\u{2ceaf}\u{2f800}-\u{2fa1f}]/gu, ' $& ');
