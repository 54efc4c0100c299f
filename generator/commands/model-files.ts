import type { Examined } from '../tasks/examine.ts';
import { moduleOf, type Guess } from '../tasks/table.ts';
import { bytes, copy, type FileEntry } from '../write/file-map.ts';

/** What lies beside the model, and does not come with it from the web. */
export const besideFiles = ({ sideFiles }: Examined, guess: Guess): Readonly<Record<string, FileEntry>> =>
  moduleOf(guess).modelFiles?.(sideFiles) ?? {};

/** What goes into model/: the mended copy or the file as it is, and the weights beside it under the same relative paths. */
export function modelFiles(examined: Examined, guess: Guess): Readonly<Record<string, FileEntry>> {
  const { spec, mended } = examined;
  return {
    ...besideFiles(examined, guess),
    'model.onnx': mended.kind === 'mended' ? bytes(mended.bytes) : copy(spec.file),
    ...Object.fromEntries(mended.externalData.map(({ path, from }) => [path.replaceAll('\\', '/'), copy(from)])),
  };
}
