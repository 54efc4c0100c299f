import { elementsOf } from '../protocol/elements.ts';
import { inputOf, type Model, type TensorSpec } from '../spec.ts';
import type { Feeds, TensorData } from '../tensors.ts';
import type { Rows } from './request.ts';
import type { Columns } from './settings.ts';

/**
 * A tensor for each of the model's inputs. Where the model only takes so many rows at a time, the last one is repeated.
 *
 * @throws ServiceError INPUT_MISMATCH naming the row and the feature whose value is of another kind or out of range
 */
export function feedsOf(rows: Rows, { inputs }: Columns, model: Pick<Model, 'inputs'>): Feeds {
  let from = 0;
  return new Map(
    inputs.map(({ input, features }) => {
      const spec = inputOf(model, input);
      const to = from + features.length;
      const own = batchOf(rows, spec).map((row) => row.slice(from, to));
      from = to;
      return [input, tensorOf(own, features, spec)];
    }),
  );
}

function batchOf(rows: Rows, { dims: [batch] }: TensorSpec): Rows {
  if (typeof batch !== 'number') return rows;
  return Array.from({ length: batch }, (_, i) => rows[Math.min(i, rows.length - 1)] ?? []);
}

function tensorOf(rows: Rows, features: readonly string[], spec: TensorSpec): TensorData {
  const width = features.length;
  const values = rows.flat();
  const dims = spec.dims.length === 1 ? [rows.length] : [rows.length, width];
  const isFloat = spec.elementType.startsWith('float');
  const present = isFloat ? values.map((value) => value ?? 0) : values;
  const tensor = elementsOf(present, dims, spec, (i) => `Row ${Math.floor(i / width)}, ${features[i % width] ?? ''}`);
  if (tensor.type === 'float32' || tensor.type === 'float64') {
    values.forEach((value, i) => {
      if (value === null) tensor.data[i] = NaN;
    });
  }
  return tensor;
}
