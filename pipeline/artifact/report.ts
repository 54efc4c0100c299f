import type { Io } from '../../generator/io.ts';
import { printTable } from '../print/table.ts';
import { LIMITS } from '../../generator/template/limits.ts';
import { megabytes, type Part } from './weigh.ts';

const share = (bytes: number, limit: number): string =>
  `${((100 * bytes) / limit).toFixed(bytes * 100 < limit ? 2 : 0)} %`;

/** Rows of the table: each part, then what Lambda counts. */
export function weightRows(parts: readonly Part[]): string[][] {
  const total = parts.reduce((sum, { unzipped }) => sum + unzipped, 0);
  return [
    ...parts.map(({ id, kind, unzipped, zipped }) => [
      id,
      kind,
      megabytes(unzipped),
      zipped === undefined
        ? ''
        : `${megabytes(zipped)} (${share(zipped, LIMITS.zip.max)} of ${megabytes(LIMITS.zip.max)})`,
    ]),
    [
      'together',
      '',
      `${megabytes(total)} (${share(total, LIMITS.unzipped.max)} of ${megabytes(LIMITS.unzipped.max)})`,
      '',
    ],
  ];
}

/** Shows what each part weighs against Lambda's limits. */
export function printWeights(parts: readonly Part[], io: Io): void {
  printTable(['part', 'kind', 'unzipped', 'zip'], weightRows(parts), io);
}
