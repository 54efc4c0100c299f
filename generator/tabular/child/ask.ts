import { fromBinary } from '@bufbuild/protobuf';
import { readFileSync, statSync } from 'node:fs';
import { InferenceSession, Tensor } from 'onnxruntime-node';
import { ModelProtoSchema } from '../../model/onnx_pb.ts';
import type { TensorSpec } from '../../model/spec.ts';
import { answerParent } from '../../model/child/serve.ts';
import type { TabularClassification } from '../../tasks/tabular-classification/settings.ts';
import type { TabularRegression } from '../../tasks/tabular-regression/settings.ts';
import { knownColumns, type Known } from './known.ts';
import { tell, type Told } from './tell.ts';
import { madeUpRows, type Value } from './rows.ts';

export interface AskRequest {
  readonly file: string;
  readonly task: TabularClassification | TabularRegression;
  /** The model's inputs, in the order of the task's. */
  readonly inputs: readonly Pick<TensorSpec, 'name' | 'elementType' | 'dims'>[];
  /** Names of the classes, in the order of the scores. */
  readonly labels: readonly string[];
  readonly rows: number;
}

/** What was asked, and what is to be told of it. */
export interface Asked {
  readonly rows: readonly (readonly Value[])[];
  readonly predictions: readonly Told[];
}

export interface AskAnswer {
  /** Undefined where the model answers with no numbers. */
  readonly asked: Asked | undefined;
  /** The same with a number missing, where that may be. */
  readonly missing: Asked | undefined;
}

/** A larger graph is not looked into for what it knows of its columns. */
const LARGEST = 256 << 20;

answerParent<AskRequest, AskAnswer>(async (request, phase) => {
  phase('load');
  const { file, task, inputs } = request;
  const session = await InferenceSession.create(file, { logSeverityLevel: 4 });
  phase('run');
  const known = statSync(file).size > LARGEST ? [] : learn(request);
  const types = task.inputs.flatMap(({ features }, i) => features.map(() => inputs[i]?.elementType ?? 'float32'));
  const columns = types.map((type, i) => ({ type, known: known[i] ?? {} }));
  const rows = madeUpRows(request.rows, columns);
  const asked = await ask(session, request, rows);
  const number = types.findIndex((type) => type.startsWith('float'));
  if (!task.missing || number < 0) return { asked, missing: undefined };
  const holed = rows.slice(0, 1).map((row) => row.map((value, i) => (i === number ? null : value)));
  return { asked, missing: await ask(session, request, holed).catch(() => undefined) };
});

function learn({ file, task }: AskRequest): readonly Known[] {
  const { graph } = fromBinary(ModelProtoSchema, readFileSync(file));
  const inputs = task.inputs.map(({ input, features }) => ({ name: input, width: features.length }));
  return graph ? knownColumns(graph, inputs) : [];
}

async function ask(
  session: InferenceSession,
  request: AskRequest,
  rows: readonly Value[][],
): Promise<Asked | undefined> {
  const { task, inputs, labels } = request;
  const [batch] = inputs[0]?.dims ?? [];
  const fed =
    typeof batch === 'number'
      ? Array.from({ length: batch }, (_, i) => rows[Math.min(i, rows.length - 1)] as Value[])
      : rows;
  const feeds: Record<string, Tensor> = {};
  let from = 0;
  for (const [i, { input, features }] of task.inputs.entries()) {
    const own = fed.map((row) => row.slice(from, from + features.length));
    from += features.length;
    const { elementType, dims } = inputs[i] as AskRequest['inputs'][number];
    feeds[input] = tensorOf(own.flat(), elementType, dims.length === 1 ? [own.length] : [own.length, features.length]);
  }
  const results = await session.run(feeds);
  const predictions = rows.map((_, row) => tell(task, labels, (output) => valuesOfRow(results[output], row)));
  const numbers = predictions.flatMap((told) => numbersIn(told));
  return numbers.every(Number.isFinite) ? { rows, predictions } : undefined;
}

const numbersIn = (value: unknown): number[] => {
  if (typeof value === 'number') return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(numbersIn) : [];
};

function valuesOfRow(tensor: Tensor | undefined, row: number): unknown[] {
  const { data, dims } = tensor as Tensor;
  const width = dims.slice(1).reduce((product, dim) => product * dim, 1);
  return Array.from(data as ArrayLike<unknown>).slice(row * width, (row + 1) * width);
}

function tensorOf(values: readonly Value[], type: TensorSpec['elementType'], dims: readonly number[]): Tensor {
  if (type === 'string') return new Tensor('string', values.map(String), dims);
  if (type === 'bool') return new Tensor('bool', values.map(Boolean), dims);
  if (type === 'int64' || type === 'uint64') {
    const bigs = values.map((value) => BigInt(value as number));
    return type === 'int64'
      ? new Tensor('int64', BigInt64Array.from(bigs), dims)
      : new Tensor('uint64', BigUint64Array.from(bigs), dims);
  }
  const numbers = values.map((value) => (value === null ? NaN : Number(value)));
  return new Tensor(type as 'float32', ARRAYS[type as keyof typeof ARRAYS].from(numbers) as Float32Array, dims);
}

const ARRAYS = {
  float32: Float32Array,
  float64: Float64Array,
  int8: Int8Array,
  uint8: Uint8Array,
  int16: Int16Array,
  uint16: Uint16Array,
  int32: Int32Array,
  uint32: Uint32Array,
};
