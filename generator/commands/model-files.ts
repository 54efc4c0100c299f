import type { Served } from '../model/served-copy.ts';
import { bytes, copy, type FileEntry } from '../write/file-map.ts';

/** What goes into model/: the mended copy or the file as it is, and the weights beside it under the same relative paths. */
export function modelFiles({ spec, mended }: Served): Readonly<Record<string, FileEntry>> {
  return {
    'model.onnx': mended.kind === 'mended' ? bytes(mended.bytes) : copy(spec.file),
    ...Object.fromEntries(mended.externalData.map(({ path, from }) => [path.replaceAll('\\', '/'), copy(from)])),
  };
}
