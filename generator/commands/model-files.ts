import type { Examined } from '../tasks/examine.ts';
import { moduleOf, type Guess } from '../tasks/table.ts';
import { bytes, copy, type FileEntry } from '../write/file-map.ts';

/** What goes into model/: the mended copy or the file as it is, and the weights beside it under the same relative paths. */
export function modelFiles({ spec, mended, sideFiles }: Examined, guess: Guess): Readonly<Record<string, FileEntry>> {
  return {
    ...moduleOf(guess).modelFiles?.(sideFiles),
    'model.onnx': mended.kind === 'mended' ? bytes(mended.bytes) : copy(spec.file),
    ...Object.fromEntries(mended.externalData.map(({ path, from }) => [path.replaceAll('\\', '/'), copy(from)])),
  };
}
