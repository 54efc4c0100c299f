import { Tokenizer } from '@huggingface/tokenizers';
import { isObject, jsonObject, type SideFile } from '../hints/side-files.ts';
import { numberAt, objectAt, stringAt, type Json } from '../hints/json-fields.ts';

/** A tokenizer.json that was read, or why it can't be used. */
export type TokenizerFile =
  | {
      readonly kind: 'read';
      readonly path: string;
      readonly json: Json;
      /** The number of a token. */
      readonly idOf: (token: string) => number | undefined;
    }
  | { readonly kind: 'unusable'; readonly why: string };

const READ = new WeakMap<SideFile, TokenizerFile>();

/** The tokenizer.json beside the model, tried; undefined where there is none. Read once: it may have tens of megabytes. */
export function tokenizerOf(sideFiles: readonly SideFile[]): TokenizerFile | undefined {
  const file = sideFiles.find(({ role }) => role === 'tokenizer');
  if (!file) return undefined;
  const read = READ.get(file) ?? readTokenizer(file);
  READ.set(file, read);
  return read;
}

function readTokenizer({ path, text }: SideFile): TokenizerFile {
  const json = libraryJson(text);
  if (!json || !isObject(json['model'])) return { kind: 'unusable', why: `${path} is no tokenizer.json` };
  try {
    const tokenizer = new Tokenizer(json, { unk_token: json['model']['unk_token'] }) as {
      token_to_id(token: string): number | undefined;
      encode(text: string): unknown;
    };
    tokenizer.encode('A text.');
    return { kind: 'read', path, json, idOf: (token) => tokenizer.token_to_id(token) };
  } catch (error) {
    return {
      kind: 'unusable',
      why: `${path} can't be used: ${error instanceof Error ? error.message : String(error)}`,
    };
  }
}

/** A tokenizer.json without what the library lacks and plain sentences do without: the handler has its own. */
export function libraryJson(text: string): Json | undefined {
  const json = jsonObject(text);
  return json && { ...json, normalizer: withoutNmt(json['normalizer']) };
}

function withoutNmt(part: unknown): unknown {
  if (!isObject(part)) return part ?? null;
  const parts = part['type'] === 'Nmt' ? [] : part['normalizers'];
  return Array.isArray(parts) ? { type: 'Sequence', normalizers: parts.map(withoutNmt) } : part;
}

/** Tokens that the tokenizer itself cuts texts to. */
export function truncationOf(json: Json): number | undefined {
  return numberAt(objectAt(json, 'truncation'), 'max_length');
}

/** The token that fills up shorter texts, as the tokenizer says it. */
export function paddingOf(json: Json): number | undefined {
  return numberAt(objectAt(json, 'padding'), 'pad_id');
}

/** A token in tokenizer_config.json: a text, or an object with its content. */
export function tokenAt(json: Json | undefined, key: string): string | undefined {
  return stringAt(json, key) ?? stringAt(objectAt(json, key), 'content');
}
