import { basename } from 'node:path';
import { numberAt, positiveAt, stringAt, type Json } from '../hints/json-fields.ts';
import { hint, type Hint } from '../hints/hint.ts';
import { jsonObject, type SideFile, type SideRole } from '../hints/side-files.ts';
import { paddingOf, tokenAt, truncationOf, type TokenizerFile } from './tokenizer-file.ts';

/** The JSON object of the first file in a role. */
export function sideJson(sideFiles: readonly SideFile[], role: SideRole): Json | undefined {
  const file = sideFiles.find((one) => one.role === role);
  return file && jsonObject(file.text);
}

/** What BERT and most after it read. */
const USUAL_TOKENS = 512;
/** Tokenizers write 1e30 where there is no limit. */
const NO_LIMIT = 1e6;
/** Their first positions are taken by the padding's number and those before it. */
const OFFSET_POSITIONS = /^(xlm-)?roberta|camembert|mpnet|longformer/;

type Read = Extract<TokenizerFile, { kind: 'read' }>;

/** How many tokens of a text the model reads: the least of what is said of its positions and, by the surest file, of its training. */
export function tokensHint(sideFiles: readonly SideFile[], { json }: Read): Hint<number> {
  const config = sideJson(sideFiles, 'config');
  const told: readonly (readonly [number | undefined, string])[] = [
    [
      positiveAt(sideJson(sideFiles, 'sentence-bert'), 'max_seq_length'),
      'sentence_bert_config.json says max_seq_length',
    ],
    [truncationOf(json), 'tokenizer.json truncates there'],
    [
      positiveAt(sideJson(sideFiles, 'tokenizer-config'), 'model_max_length'),
      'tokenizer_config.json says model_max_length',
    ],
  ];
  const [trained, why] = told.find(([value]) => value !== undefined && value < NO_LIMIT) ?? [];
  const positions = positionsOf(config);
  if (positions !== undefined && positions < (trained ?? Infinity))
    return hint(positions, 'side-file', 'config.json has as many positions (max_position_embeddings).');
  if (trained !== undefined && why !== undefined) return hint(trained, 'side-file', `${why}.`);
  return hint(USUAL_TOKENS, 'default', 'Nothing says how many tokens the model reads.');
}

function positionsOf(config: Json | undefined): number | undefined {
  const positions = positiveAt(config, 'max_position_embeddings');
  const offset = OFFSET_POSITIONS.test(stringAt(config, 'model_type') ?? '')
    ? 1 + (numberAt(config, 'pad_token_id') ?? 1)
    : 0;
  return positions && Math.max(1, positions - offset);
}

/** The token that fills up shorter texts. */
export function paddingHint(sideFiles: readonly SideFile[], { path, json, idOf }: Read): Hint<number> {
  const file = basename(path);
  const own = paddingOf(json);
  if (own !== undefined) return hint(own, 'side-file', `${file} pads with it.`);
  const named = tokenAt(sideJson(sideFiles, 'tokenizer-config'), 'pad_token');
  const id = named === undefined ? undefined : idOf(named);
  if (id !== undefined) return hint(id, 'side-file', `tokenizer_config.json pads with ${String(named)}.`);
  const config = numberAt(sideJson(sideFiles, 'config'), 'pad_token_id');
  if (config !== undefined && config >= 0) return hint(config, 'side-file', 'config.json says pad_token_id.');
  const usual = ['[PAD]', '<pad>'].map(idOf).find((one) => one !== undefined);
  return usual === undefined
    ? hint(0, 'default', 'No token is for padding; the mask leaves it out.')
    : hint(usual, 'side-file', `${file} has a token for padding.`);
}
