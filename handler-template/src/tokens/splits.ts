/** A part of tokenizer.json that cuts a text into words. */
export interface PreTokenizer {
  readonly type: string;
  readonly behavior?: string;
  readonly individual_digits?: boolean;
  /** Of a sequence. */
  readonly pretokenizers?: readonly PreTokenizer[];
}

/** What `\w` is in Rust. */
const WORD = '\\p{Alphabetic}\\p{M}\\p{Nd}\\p{Pc}\\u200c\\u200d';

/** The library's own know words and digits of ASCII only, other blanks, and take several marks for one; its Split does as Hugging Face's. */
const SPLITS: Readonly<Record<string, (part: PreTokenizer) => object | undefined>> = {
  Whitespace: () => ({
    pattern: { Regex: `[${WORD}]+|[^${WORD}\\p{White_Space}]+` },
    behavior: 'Removed',
    invert: true,
  }),
  WhitespaceSplit: () => ({ pattern: { Regex: '\\p{White_Space}+' }, behavior: 'Removed', invert: false }),
  Digits: ({ individual_digits: single }) => isolated(single ? '\\p{N}' : '\\p{N}+'),
  Punctuation: ({ behavior = 'Isolated' }) =>
    behavior === 'Isolated' ? isolated('[\\p{P}!-\\/:-@\\[-`{-~]') : undefined,
};

function isolated(Regex: string): object {
  return { pattern: { Regex }, behavior: 'Isolated', invert: false };
}

/** The same part, said so that the library does as Hugging Face's own does. */
export function splitting(part: PreTokenizer): object {
  const split = SPLITS[part.type]?.(part);
  if (split) return { type: 'Split', ...split };
  return part.pretokenizers ? { ...part, pretokenizers: part.pretokenizers.map(splitting) } : part;
}
