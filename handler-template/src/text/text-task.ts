import { ServiceError } from '../errors.ts';
import type { Results } from '../tensors.ts';
import type { Task } from '../task-types.ts';
import type { Batch, Reader } from './reader.ts';
import { textsOf, type TextRequest } from './texts.ts';

export interface TextWish<Request> {
  readonly request: Request;
  readonly texts: readonly string[];
  /** Made when it is first asked for. */
  readonly batch: () => Batch;
}

/** What the model says of texts: numbers in row-major order. */
export interface Scores {
  readonly data: Float32Array | Float64Array;
  readonly dims: readonly number[];
}

export interface TextTask<Request extends TextRequest> {
  readonly reader: Reader;
  readonly output: string;
  /** What is answered for each text, in order. */
  readonly answers: (scores: Scores, batch: Batch, request: Request) => readonly object[];
}

/** A task that takes `{"text"}` and answers with an object, or `{"texts"}` and answers with a list of them under `results`. */
export function textTask<Request extends TextRequest>(of: TextTask<Request>): Task<Request, TextWish<Request>> {
  const { reader, output, answers } = of;
  return {
    example: '{"text": "…"} or {"texts": ["…", "…"]}',
    contentTypes: [],
    fromJson(request) {
      const texts = textsOf(request, reader.unfit);
      let batch: Batch | undefined;
      return { request, texts, batch: () => (batch ??= reader.read(texts)) };
    },
    toFeeds: ({ batch }) => batch().feeds,
    outputs: () => [output],
    toAnswer(results, { request, batch }) {
      const { readings } = batch();
      const each = answers(scoresOf(results, output), batch(), request);
      const results_ = readings.map((reading, i) => ({ ...each[i], ...reading }));
      return { kind: 'json', body: 'text' in request ? (results_[0] ?? {}) : { results: results_ } };
    },
  };
}

function scoresOf(results: Results, output: string): Scores {
  const result = results.get(output);
  if (result?.type === 'float32' || result?.type === 'float64') return result;
  throw unexpected();
}

/** @throws ServiceError RESULT_UNEXPECTED where a result has other dims than the model was built for */
export function checkDims({ dims }: Scores, rank: number, rows: number): void {
  if (dims.length !== rank || (dims[0] ?? 0) < rows) throw unexpected();
}

function unexpected(): ServiceError {
  return new ServiceError('RESULT_UNEXPECTED', 'The model answered with another kind of result than it was built for.');
}
