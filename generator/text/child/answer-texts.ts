import { readFileSync } from 'node:fs';
import { Tokenizer } from '@huggingface/tokenizers';
import { InferenceSession, Tensor } from 'onnxruntime-node';
import { answerParent } from '../../model/child/serve.ts';
import type { TensorSpec } from '../../model/spec.ts';
import { libraryJson } from '../tokenizer-file.ts';
import type { TextSettings, TokensInput } from '../settings.ts';

/** What every question about texts has; a task adds its own fields. */
export interface TextsRequest<Settings extends TextSettings> {
  readonly file: string;
  readonly task: Settings;
  /** As the model is served. */
  readonly inputs: readonly TensorSpec[];
  /** Path of tokenizer.json. */
  readonly tokenizer: string | undefined;
  /** Texts that go through the model at once. */
  readonly requests: readonly (readonly string[])[];
}

/** For each request what is answered for each text. */
export type TextsAnswer = readonly (readonly object[])[];

/** What the model says of one text: the numbers of its row of the output, and where it has a row a token, how many are of the text. */
export interface Said {
  readonly numbers: readonly number[];
  readonly dims: readonly number[];
  readonly tokens: number;
}

interface Fed {
  readonly feeds: Record<string, Tensor>;
  readonly told: readonly { readonly tokens: number; readonly truncated: boolean }[] | undefined;
}

/**
 * The whole of a child process that runs a model on texts.
 *
 * @param answerOf what the task makes of the model's numbers for one text
 */
export function answerTexts<Request extends TextsRequest<TextSettings>>(
  answerOf: (said: Said, request: Request) => object,
): void {
  answerParent<Request, TextsAnswer>(async (request, phase) => {
    phase('load');
    const session = await InferenceSession.create(request.file, { logSeverityLevel: 4 });
    phase('run');
    const answers: object[][] = [];
    for (const texts of request.requests) {
      const { feeds, told } = feed(request, texts);
      const output = (await session.run(feeds, [request.task.output]))[request.task.output];
      if (!output) throw new Error(`The model has no output ${request.task.output}`);
      const all = Array.from(output.data as ArrayLike<number>, Number);
      if (!all.every(Number.isFinite)) throw new Error(`${request.task.output} is not finite`);
      const dims = output.dims.slice(1);
      const size = dims.reduce((product, dim) => product * dim, 1);
      answers.push(
        texts.map((_, i) => {
          const numbers = all.slice(i * size, (i + 1) * size);
          return { ...answerOf({ numbers, dims, tokens: told?.[i]?.tokens ?? 1 }, request), ...told?.[i] };
        }),
      );
    }
    return answers;
  });
}

function feed({ task, inputs, tokenizer }: TextsRequest<TextSettings>, texts: readonly string[]): Fed {
  const { input } = task;
  const of = (name: string): TensorSpec | undefined => inputs.find((one) => one.name === name);
  if (input.kind === 'strings') {
    const dims = of(input.input)?.dims ?? [];
    const rows = Math.max(texts.length, Number(dims[0]) || 0);
    const padded = Array.from({ length: rows }, (_, i) => texts[i] ?? '');
    return {
      feeds: { [input.input]: new Tensor('string', padded, dims.length === 2 ? [rows, 1] : [rows]) },
      told: undefined,
    };
  }
  const library = new Tokenizer(libraryJson(readFileSync(tokenizer ?? '', 'utf8')) ?? {}, {}) as Library;
  const read = texts.map((text) => shorten(library, text, input));
  const [rows, columns] = of(input.ids)?.dims ?? [];
  const width = typeof columns === 'number' ? columns : Math.max(1, ...read.map(({ ids }) => ids.length));
  const height = Math.max(texts.length, Number(rows) || 0);
  const tensor = (name: string | undefined, at: (row: number, column: number) => number): [string, Tensor][] => {
    if (name === undefined) return [];
    const values = Array.from({ length: height * width }, (_, i) => at(Math.floor(i / width), i % width));
    const data = of(name)?.elementType === 'int32' ? Int32Array.from(values) : BigInt64Array.from(values, BigInt);
    return [[name, new Tensor(data, [height, width])]];
  };
  return {
    feeds: Object.fromEntries([
      ...tensor(input.ids, (row, column) => read[row]?.ids[column] ?? input.padId),
      ...tensor(input.mask, (row, column) => (column < (read[row]?.ids.length ?? 0) ? 1 : 0)),
      ...tensor(input.types, (row, column) => read[row]?.types[column] ?? 0),
    ]),
    told: read.map(({ ids, truncated }) => ({ tokens: ids.length, truncated })),
  };
}

interface Library {
  encode(text: string, options: object): { ids: number[]; token_type_ids?: number[] };
}

/** Of the tokens between the special ones, drops the last until the model can read the rest. */
function shorten(library: Library, text: string, { maxTokens }: TokensInput) {
  const whole = library.encode(text, { return_token_type_ids: true });
  const bare = library.encode(text, { add_special_tokens: false });
  const start = whole.ids.findIndex((_, i) => bare.ids.every((id, j) => whole.ids[i + j] === id));
  const cut = Math.max(0, whole.ids.length - maxTokens);
  const drop = (list: readonly number[]): number[] => {
    const end = Math.max(start, start + bare.ids.length - cut);
    return [...list.slice(0, end), ...list.slice(start + bare.ids.length)];
  };
  return {
    ids: drop(whole.ids),
    types: drop(whole.token_type_ids ?? whole.ids.map(() => 0)),
    truncated: cut > 0,
  };
}
