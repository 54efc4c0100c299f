import type { AddedToken, Tokenizer, UnigramModel } from './library.ts';

/** A vocabulary of pieces with their scores, as tokenizer.json has it. */
export interface UnigramFile {
  readonly vocab: readonly (readonly [piece: string, score: number])[];
  readonly unk_id: number;
}

/** How much less likely than the least likely piece what is in none is: SentencePiece's figure. */
const UNKNOWN = 10;

export function isUnigram(model: object): model is UnigramFile {
  const { vocab, unk_id: unknown } = model as Partial<UnigramFile>;
  return Array.isArray(vocab) && typeof unknown === 'number';
}

/** The same model with one piece: for every character of every piece the library makes a node of a tree, which of 250,000 pieces takes a second. */
export function onePiece({ vocab, unk_id: unknown, ...model }: UnigramFile): object {
  return { ...model, vocab: [vocab[unknown]], unk_id: 0 };
}

/** Gives a model of one piece all of them, and a search that needs no tree. */
export function fill({ model }: Tokenizer<UnigramModel>, file: UnigramFile, added: readonly AddedToken[]): void {
  model.vocab = file.vocab.map(([piece]) => piece);
  model.scores = file.vocab.map(([, score]) => score);
  model.tokens_to_ids = new Map(model.vocab.map((piece, id) => [piece, id]));
  model.min_score = model.scores.reduce((a, b) => Math.min(a, b));
  model.unk_score = model.min_score - UNKNOWN;
  model.scores[file.unk_id] = model.unk_score;
  model.unk_token_id = file.unk_id;
  model.trie = { common_prefix_search: searchIn(new Set(model.vocab)) };
  for (const { content, id } of added) {
    model.tokens_to_ids.set(content, id);
    model.vocab[id] = content;
  }
}

/** Every piece that the characters from `start` on begin with, the shortest first. */
function searchIn(pieces: ReadonlySet<string>): UnigramModel['trie']['common_prefix_search'] {
  const longest = new Map<number, number>();
  for (const piece of pieces) {
    const first = piece.codePointAt(0) ?? 0;
    longest.set(first, Math.max(longest.get(first) ?? 0, piece.length));
  }
  return function* (chars, start) {
    const most = longest.get(chars[start]?.codePointAt(0) ?? 0) ?? 0;
    let prefix = '';
    for (let i = start; i < chars.length; i++) {
      prefix += chars[i]!;
      if (prefix.length > most) return;
      if (pieces.has(prefix)) yield prefix;
    }
  };
}
