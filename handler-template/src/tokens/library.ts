import { Tokenizer as Library } from '@huggingface/tokenizers';

/** What is used of the library; its own declarations do not say where their files are, so that TypeScript finds none of them. */
export interface Tokenizer {
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

export const Tokenizer = Library as new (file: object, config: object) => Tokenizer;
