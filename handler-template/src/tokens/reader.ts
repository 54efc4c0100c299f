import { inputOf, type Model } from '../spec.ts';
import type { TensorData } from '../tensors.ts';
import type { Reader } from '../text/reader.ts';
import { loadTokenizer, type Encoded } from './tokenizer.ts';

/** A model that takes the tokens of texts by number. */
export interface TokensInput {
  readonly kind: 'tokens';
  /** The input of the tokens. */
  readonly ids: string;
  /** The input that tells tokens from padding, where there is one. */
  readonly mask?: string;
  /** The input that tells a first text from a second, where there is one. */
  readonly types?: string;
  /** Tokens of a text that the model takes, special ones included. */
  readonly maxTokens: number;
  /** What stands where a text has ended before the others. */
  readonly padId: number;
}

/** Texts to tokens, padded to the longest of them or to what the model's graph fixes. */
export function tokensReader(input: TokensInput, model: Model): Reader {
  const encode = loadTokenizer();
  const { dims } = inputOf(model, input.ids);
  const [rows, columns] = [fixed(dims.at(-2)), fixed(dims.at(-1))];
  return {
    unfit: /\p{Surrogate}/u,
    read(texts) {
      const read = texts.map((text) => encode(text, input.maxTokens));
      const width = columns ?? Math.max(1, ...read.map(({ ids }) => ids.length));
      const height = Math.max(texts.length, rows ?? 0);
      const tensor = (name: string, pad: number, values: (one: Encoded) => readonly number[]): [string, TensorData] => {
        const data = new Int32Array(height * width).fill(pad);
        for (const [i, one] of read.entries()) data.set(values(one), i * width);
        return [name, asDeclared(data, [height, width], inputOf(model, name).elementType)];
      };
      return {
        feeds: new Map([
          tensor(input.ids, input.padId, ({ ids }) => ids),
          ...(input.mask === undefined ? [] : [tensor(input.mask, 0, ({ ids }) => ids.map(() => 1))]),
          ...(input.types === undefined ? [] : [tensor(input.types, 0, ({ types }) => types)]),
        ]),
        readings: read.map(({ ids, truncated }) => ({ tokens: ids.length, truncated })),
      };
    },
  };
}

function fixed(dim: number | string | null | undefined): number | undefined {
  return typeof dim === 'number' ? dim : undefined;
}

function asDeclared(data: Int32Array, dims: readonly number[], type: string): TensorData {
  if (type === 'int64') return { type, data: BigInt64Array.from(data, BigInt), dims };
  if (type === 'int32') return { type, data, dims };
  return { type: 'float32', data: Float32Array.from(data), dims };
}
