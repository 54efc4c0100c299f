import { Tokenizer } from './library.ts';
import { exact, withoutNmt, type Part } from './normalizers.ts';
import { splitting, type PreTokenizer } from './splits.ts';

/** What tokenizer.json has, as far as it is looked at here. */
export interface TokenizerFile {
  readonly model: { readonly unk_token?: string };
  readonly normalizer: Part | null;
  readonly pre_tokenizer: PreTokenizer | null;
  readonly truncation?: { readonly direction?: string } | null;
}

/**
 * A tokenizer that gives the ids which Hugging Face's own gives. Where the library takes a shorter way (SentencePiece's character map, final
 * sigma, Chinese characters beyond the first 65,536, words that are not ASCII) it is led the long one.
 *
 * @throws Error for a part that the library does not know
 */
export function makeTokenizer(file: TokenizerFile): Tokenizer {
  const normalizer = file.normalizer && withoutNmt(file.normalizer);
  const pre = file.pre_tokenizer && splitting(file.pre_tokenizer);
  const tokenizer = new Tokenizer(
    { ...file, normalizer, pre_tokenizer: pre },
    { unk_token: file.model.unk_token },
  );
  tokenizer.normalizer = tokenizer.normalizer && exact(tokenizer.normalizer);
  return tokenizer;
}
