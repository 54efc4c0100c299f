import { Tokenizer, type AddedToken, type UnigramModel } from './library.ts';
import { exact, withoutNmt, type Part } from './normalizers.ts';
import { splitting, type PreTokenizer } from './splits.ts';
import { fill, isUnigram, onePiece, type UnigramFile } from './unigram.ts';

/** What tokenizer.json has, as far as it is looked at here. */
export interface TokenizerFile {
  readonly model: { readonly unk_token?: string };
  readonly normalizer: Part | null;
  readonly pre_tokenizer: PreTokenizer | null;
  readonly added_tokens: readonly AddedToken[];
  readonly truncation?: { readonly direction?: string } | null;
}

/**
 * A tokenizer that gives the ids which Hugging Face's own gives. Where the library takes a shorter way (SentencePiece's character map, final
 * sigma, Chinese characters beyond the first 65,536, words that are not ASCII) it is led the long one.
 *
 * @throws Error for a part that the library does not know
 */
export function makeTokenizer(file: TokenizerFile): Tokenizer {
  const { model } = file;
  const parts = {
    ...file,
    normalizer: file.normalizer && withoutNmt(file.normalizer),
    pre_tokenizer: file.pre_tokenizer && splitting(file.pre_tokenizer),
  };
  const config = { unk_token: model.unk_token };
  const tokenizer = isUnigram(model) ? unigram(parts, model, file.added_tokens) : new Tokenizer(parts, config);
  tokenizer.normalizer = tokenizer.normalizer && exact(tokenizer.normalizer);
  return tokenizer;
}

function unigram(file: object, model: UnigramFile, added: readonly AddedToken[]): Tokenizer {
  const tokenizer = new Tokenizer<UnigramModel>({ ...file, model: onePiece(model) }, {});
  fill(tokenizer, model, added);
  return tokenizer;
}
