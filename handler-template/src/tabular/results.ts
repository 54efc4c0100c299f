import { ServiceError } from '../errors.ts';
import { mismatch } from '../protocol/mismatch.ts';
import { valuesOf } from '../protocol/values.ts';
import type { Results } from '../tensors.ts';
import type { Rows } from './request.ts';
import { featuresOf, type Columns } from './settings.ts';

/** What an output holds of each row that was asked about; rows that only fill a batch are left out. */
export function outputRows(results: Results, output: string, rows: Rows, columns: Columns): readonly unknown[][] {
  const result = results.get(output);
  const batch = result?.dims[0] ?? 0;
  if (!result || batch < rows.length) {
    throw new ServiceError(
      'RESULT_UNEXPECTED',
      'The model answered with another kind of result than it was built for.',
    );
  }
  const width = result.data.length / batch;
  const values = valuesUnlessMissing(() => valuesOf(result), rows, columns);
  return rows.map((_, i) => values.slice(i * width, (i + 1) * width));
}

/** Not every model can do without every number: that its answer is none is then the request's matter. */
function valuesUnlessMissing(read: () => readonly unknown[], rows: Rows, columns: Columns): readonly unknown[] {
  try {
    return read();
  } catch (error) {
    const missing = featuresOf(columns).filter((_, i) => rows.some((row) => row[i] === null));
    if (missing.length === 0) throw error;
    throw mismatch(missing.slice(0, 10).join(', '), 'numbers', 'null: the model has no answer without');
  }
}
