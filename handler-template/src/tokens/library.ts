import { Tokenizer as Library } from '@huggingface/tokenizers';

/** What is used of the library; its own declarations do not say where their files are, so that TypeScript finds none of them. */
export interface Tokenizer<Model = unknown> {
  readonly model: Model;
  normalizer: Normalizer | null;
  readonly post_processor: {
    post_process(tokens: string[], pair: null, special: boolean): { tokens: string[]; token_type_ids?: number[] };
  } | null;
  encode(text: string, options: { add_special_tokens: boolean }): { readonly ids: readonly number[] };
  token_to_id(token: string): number | undefined;
}

export interface Normalizer {
  /** As in tokenizer.json. */
  readonly config: {
    readonly type: string;
    readonly lowercase?: boolean;
    readonly handle_chinese_chars?: boolean;
    readonly precompiled_charsmap?: string | null;
  };
  /** Of a sequence. */
  normalizers?: readonly (Normalizer | null)[];
  normalize: (text: string) => string;
}

/** A token that is found before a text is cut into words. */
export interface AddedToken {
  readonly content: string;
  readonly id: number;
}

/** The library's model of scored pieces, by what it looks at. */
export interface UnigramModel {
  vocab: string[];
  scores: number[];
  tokens_to_ids: Map<string, number>;
  min_score: number;
  unk_score: number;
  unk_token_id: number;
  trie: { readonly common_prefix_search: (chars: readonly string[], start: number) => Iterable<string> };
}

export const Tokenizer = Library as new <Model>(file: object, config: object) => Tokenizer<Model>;
