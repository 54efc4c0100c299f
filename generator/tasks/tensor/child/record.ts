import { InferenceSession, type Tensor } from 'onnxruntime-node';
import type { TensorSpec } from '../../../model/spec.ts';
import { makeFeed, RUNS, type FeedSpec } from '../../../model/child/feeds.ts';
import { runSession } from '../../../model/child/run-session.ts';
import { answerParent } from '../../../model/child/serve.ts';
import { datatypeOf } from '../../../../swagger/protocol.ts';

type Named = Pick<TensorSpec, 'name' | 'elementType' | 'declaredType'>;

export interface RecordRequest {
  readonly file: string;
  /** With the dims and the kind of content that the trial run worked with. */
  readonly inputs: readonly (Named & FeedSpec)[];
  readonly outputs: readonly Named[];
}

interface JsonTensor {
  readonly name: string;
  readonly datatype: string;
  readonly shape: readonly number[];
  readonly data: readonly (string | number | boolean)[];
}

export type RecordAnswer =
  | {
      readonly kind: 'recorded';
      readonly request: { readonly inputs: readonly JsonTensor[] };
      readonly response: { readonly outputs: readonly JsonTensor[] };
    }
  | { readonly kind: 'not-finite' };

answerParent<RecordRequest, RecordAnswer>(async ({ file, inputs, outputs }, phase) => {
  phase('load');
  const session = await InferenceSession.create(file, { logSeverityLevel: 4 });
  phase('run');
  // The first of the made-up runs is all zeros, the second from −1 to 1; the last may overflow.
  for (const run of [RUNS[1], RUNS[0]]) {
    const feeds = new Map(inputs.map((input) => [input.name, makeFeed(input, run)]));
    const names = outputs.map(({ name }) => name);
    const results = await runSession(session, feeds, names).catch(() => undefined);
    if (!results) continue;
    const request = { inputs: inputs.map((one) => jsonTensor(one, feeds.get(one.name) as Tensor)) };
    const response = { outputs: outputs.map((one) => jsonTensor(one, results.get(one.name) as Tensor)) };
    const finite = response.outputs.every(({ data }) => data.every((x) => typeof x !== 'number' || Number.isFinite(x)));
    if (finite) return { kind: 'recorded', request, response };
  }
  return { kind: 'not-finite' };
});

function jsonTensor(one: Named, { dims, type, data }: Tensor): JsonTensor {
  const values = Array.from(data as ArrayLike<number | bigint | string>, (value) => {
    if (type === 'bool') return Boolean(value);
    // JSON numbers are exact up to 2^53 only; beyond, digits in a string are.
    if (typeof value === 'bigint') return Number.isSafeInteger(Number(value)) ? Number(value) : String(value);
    return value;
  });
  return { name: one.name, datatype: datatypeOf(one), shape: dims, data: values };
}
