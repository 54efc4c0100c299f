import type { TensorSpec } from '../spec.ts';
import type { Feeds, TensorData } from '../tensors.ts';
import { datatypeOf, isDatatypeOf } from './datatypes.ts';
import { elementsOf } from './elements.ts';
import { flat } from './flat.ts';
import { invalid, mismatch, named, shown } from './mismatch.ts';
import { shapeOf, Sizes } from './shape.ts';

/** What a model takes and gives. */
export interface Signature {
  readonly inputs: readonly TensorSpec[];
  readonly outputs: readonly TensorSpec[];
}

export interface InferWish {
  readonly id: string | undefined;
  readonly feeds: Feeds;
  /** In the order that they were asked for. */
  readonly outputs: readonly TensorSpec[];
  /** Sizes that have one name and are not the same, a phrase each. */
  readonly differing: readonly string[];
}

type Fields = Readonly<Record<string, unknown>>;

// What the protocol has; `parameters` are taken and mean nothing here.
const REQUEST = ['id', 'parameters', 'inputs', 'outputs'];
const INPUT = ['name', 'shape', 'datatype', 'parameters', 'data'];
const OUTPUT = ['name', 'parameters'];

/**
 * Reads an inference request.
 *
 * @throws ServiceError INVALID_REQUEST where it is none, INPUT_MISMATCH where it does not fit the model
 */
export function inferWish(request: unknown, { inputs, outputs }: Signature): InferWish {
  const { id, inputs: sent, outputs: wanted = [] } = fieldsOf(request, 'The request', REQUEST);
  if (id !== undefined && typeof id !== 'string') throw invalid('id', 'a string', id);
  const tensors = byName(listOf(sent, 'inputs'), inputs, 'input', INPUT);
  const sizes = new Sizes();
  const feeds = new Map(
    inputs.map((spec): [string, TensorData] => {
      const tensor = tensors.get(spec);
      if (!tensor) throw mismatch('inputs', listed(inputs), `none called ${named(spec.name)}`);
      return [spec.name, tensorOf(tensor, spec, sizes)];
    }),
  );
  const chosen = [...byName(listOf(wanted, 'outputs'), outputs, 'output', OUTPUT).keys()];
  return { id, feeds, outputs: chosen.length > 0 ? chosen : outputs, differing: sizes.differing };
}

function tensorOf({ shape, datatype, parameters, data }: Fields, spec: TensorSpec, sizes: Sizes): TensorData {
  const what = `input ${named(spec.name)}`;
  if (data === undefined && Object.keys(Object(parameters) as object).includes('binary_data_size'))
    throw mismatch(`The data of ${what}`, 'JSON, since the binary tensor data extension is not served', 'bytes');
  if (!isDatatypeOf(spec, datatype)) throw mismatch(`The datatype of ${what}`, datatypeOf(spec), shown(datatype));
  const dims = shapeOf(listOf(shape, `The shape of ${what}`), spec, sizes);
  return elementsOf(flat(data, dims, what), dims, spec);
}

/** The model's tensors that are named, in the order of the request, each with what is said of it. */
function byName(
  sent: readonly unknown[],
  specs: readonly TensorSpec[],
  kind: string,
  keys: readonly string[],
): Map<TensorSpec, Fields> {
  const found = new Map<TensorSpec, Fields>();
  for (const one of sent) {
    const fields = fieldsOf(one, `Each ${kind}`, keys);
    const { name } = fields;
    if (typeof name !== 'string') throw invalid(`The name of an ${kind}`, 'a string', name);
    const spec = specs.find((each) => each.name === name);
    if (!spec) throw mismatch(`${kind}s`, listed(specs), named(name));
    if (found.has(spec)) throw mismatch(`${kind}s`, `${named(name)} once`, 'it twice');
    found.set(spec, fields);
  }
  return found;
}

function listed(specs: readonly TensorSpec[]): string {
  const names = specs.slice(0, 8).map(({ name }) => named(name));
  return `${names.join(', ') || 'none'}${specs.length > 8 ? ` and ${specs.length - 8} more` : ''}`;
}

function fieldsOf(value: unknown, what: string, keys: readonly string[]): Fields {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw invalid(what, 'an object', value);
  const other = Object.keys(value).find((key) => !keys.includes(key));
  if (other !== undefined) throw invalid(what, `no other keys than ${keys.join(', ')}`, other);
  return value as Fields;
}

function listOf(value: unknown, what: string): readonly unknown[] {
  if (Array.isArray(value)) return value as readonly unknown[];
  throw invalid(what, 'a list', value);
}
