import { ServiceError } from '../errors.ts';
import { exact } from '../exact.ts';
import type { TensorData } from '../tensors.ts';

/**
 * Elements as JSON has them, in row-major order: 64-bit integers exact, bool as true and false.
 *
 * @throws ServiceError RESULT_NOT_FINITE: JSON knows neither NaN nor infinity
 */
export function valuesOf({ type, data }: TensorData): readonly unknown[] {
  switch (type) {
    case 'bool':
      return Array.from(data, Boolean);
    case 'int64':
    case 'uint64':
      return Array.from(data, exact);
    case 'float32':
    case 'float64':
      return finite(data);
    default:
      return Array.from<unknown>(data);
  }
}

function finite(data: Float32Array | Float64Array): readonly number[] {
  const values = new Array<number>(data.length);
  for (let i = 0; i < data.length; i++) {
    const value = data[i]!;
    if (value - value !== 0) {
      throw new ServiceError('RESULT_NOT_FINITE', 'The model answered with a number that is not finite.');
    }
    values[i] = value;
  }
  return values;
}
