import type { Io } from '../../generator/io.ts';
import { megabytes, shareOf } from '../../generator/megabytes.ts';
import { printTable } from '../print/table.ts';
import { LIMITS } from '../../generator/template/limits.ts';
import { byPackage, heaviest, limitOf, type Part } from './weigh.ts';
import type { WeighedPart } from './zip.ts';

/** Bytes against what Lambda takes. */
interface Weight {
  readonly bytes: number;
  readonly limit: number;
  /** Of the limit, 1 is all of it. */
  readonly share: number;
}

/** What `build --json` prints; scripts rely on it. `version` counts up when a field changes its meaning or goes. */
export interface WeightsJson {
  readonly version: 1;
  readonly parts: readonly {
    readonly id: string;
    readonly kind: Part['kind'];
    readonly unzipped: number;
    /** Null for an image. */
    readonly zipped: number | null;
    /** The biggest first: a package with all its files, or a file. */
    readonly heaviest: readonly { readonly path: string; readonly bytes: number }[];
  }[];
  /** Function and layers together, as Lambda unpacks them. */
  readonly unzipped: Weight;
  /** The function's zip; layers go through S3, where only what they unpack to counts. */
  readonly functionZip: Weight | null;
}

const weight = (bytes: number, { max: limit }: { max: number }): Weight => ({ bytes, limit, share: bytes / limit });

export function weightsJson(parts: readonly WeighedPart[]): WeightsJson {
  const limit = limitOf(parts);
  const zip = parts.find(({ kind }) => kind === 'function')?.zipped;
  return {
    version: 1,
    parts: parts.map((part) => ({
      id: part.id,
      kind: part.kind,
      unzipped: part.unzipped,
      zipped: part.zipped ?? null,
      heaviest: heaviest(part, byPackage),
    })),
    unzipped: weight(
      parts.reduce((sum, { unzipped }) => sum + unzipped, 0),
      limit,
    ),
    functionZip: zip === undefined ? null : weight(zip, LIMITS.zip),
  };
}

const shareText = ({ bytes, limit }: Weight): string => shareOf(bytes, limit);

/** Rows of the table: each part with what takes its room, then what Lambda counts. */
export function weightRows(parts: readonly WeighedPart[]): string[][] {
  const { parts: weighed, unzipped, functionZip } = weightsJson(parts);
  return [
    ...weighed.map(({ id, kind, ...part }) => [
      id,
      megabytes(part.unzipped),
      kind === 'function' && functionZip ? shareText(functionZip) : part.zipped === null ? '' : megabytes(part.zipped),
      part.heaviest.map(({ path, bytes }) => `${path} ${megabytes(bytes)}`).join('\n'),
    ]),
    ['together', shareText(unzipped), '', ''],
  ];
}

/** Shows what each part weighs against Lambda's limits. */
export function printWeights(parts: readonly WeighedPart[], io: Io): void {
  printTable(['part', 'unzipped', 'zip', 'what takes the room'], weightRows(parts), io);
}
