import { readFileSync } from 'node:fs';
import { fileBesideModel } from '../model-file.ts';
import type { Tokenizer } from './library.ts';
import { makeTokenizer, type TokenizerFile } from './make-tokenizer.ts';

/** A text as the model reads it. */
export interface Encoded {
  readonly ids: readonly number[];
  /** Which of two texts each token belongs to; mostly zeros. */
  readonly types: readonly number[];
  /** Whether the text had more tokens than the model takes. */
  readonly truncated: boolean;
}

/** @param most how many tokens the model takes, special ones included */
export type Encode = (text: string, most: number) => Encoded;

/** Reads tokenizer.json, which lies beside the model. */
export function loadTokenizer(): Encode {
  return encodeWith(JSON.parse(readFileSync(fileBesideModel('tokenizer.json'), 'utf8')) as TokenizerFile);
}

/** What a tokenizer.json makes of a text: its tokens, of which those that are too many are cut, between the special ones. */
export function encodeWith(file: TokenizerFile): Encode {
  const tokenizer = makeTokenizer(file);
  const { before, type, after } = surroundings(tokenizer);
  const special = before.ids.length + after.ids.length;
  const fromEnd = file.truncation?.direction === 'Left';
  return (text, most) => {
    const own = tokenizer.encode(text, { add_special_tokens: false }).ids;
    const room = Math.max(0, most - special);
    const kept = own.length <= room ? own : fromEnd ? own.slice(own.length - room) : own.slice(0, room);
    return {
      ids: [...before.ids, ...kept, ...after.ids],
      types: [...before.types, ...kept.map(() => type), ...after.types],
      truncated: kept.length < own.length,
    };
  };
}

interface Special {
  readonly ids: readonly number[];
  readonly types: readonly number[];
}

/** What is put before and after the tokens of any text. */
function surroundings(tokenizer: Tokenizer): { before: Special; type: number; after: Special } {
  const mark = '\0text';
  const { tokens, token_type_ids: types } = tokenizer.post_processor?.post_process([mark], null, true) ?? {
    tokens: [mark],
  };
  const at = tokens.indexOf(mark);
  const part = (from: number, to: number): Special => ({
    ids: tokens.slice(from, to).map((token) => tokenizer.token_to_id(token) ?? 0),
    types: tokens.slice(from, to).map((_, i) => types?.[from + i] ?? 0),
  });
  return { before: part(0, at), type: types?.[at] ?? 0, after: part(at + 1, tokens.length) };
}
