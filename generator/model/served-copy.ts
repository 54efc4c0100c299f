import { copyFile, link, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { Mended } from './mend.ts';
import type { ModelSpec } from './spec.ts';

/** A model to run: as it was read, with what was mended. */
export interface Served {
  readonly spec: ModelSpec;
  readonly mended: Mended;
}

/**
 * Calls `use` with a path where the model lies as it will be served. Where nothing was mended that is the file itself, else a
 * temporary folder with the copy and its external data, which is gone afterwards.
 */
export async function withServedFile<Result>(
  { spec, mended }: Served,
  use: (file: string) => Promise<Result>,
): Promise<Result> {
  if (mended.kind === 'original') return use(spec.file);
  const folder = await mkdtemp(join(tmpdir(), `onnx-lambda-served-${process.pid}-`));
  try {
    const file = join(folder, 'model.onnx');
    await writeFile(file, mended.bytes);
    for (const { path, from } of mended.externalData) {
      const to = join(folder, path);
      await mkdir(dirname(to), { recursive: true });
      // A hard link costs nothing; where it can't be made (another disk) the data is copied.
      await link(from, to).catch(() => copyFile(from, to));
    }
    return await use(file);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
