import { mkdtempSync, writeFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Mended } from '../../generator/model/mend.ts';
import type { ModelProto } from '../../generator/model/onnx_pb.ts';
import { modelBytes } from './proto.ts';

/** A temporary folder that takes files; `dispose` removes it. */
export class Folder {
  readonly path = mkdtempSync(join(tmpdir(), 'onnx-lambda-test-'));

  file(name: string, content: string | Uint8Array): string {
    const path = join(this.path, name);
    writeFileSync(path, content);
    return path;
  }

  model(name: string, content: ModelProto): string {
    return this.file(name, modelBytes(content));
  }

  dispose(): void {
    rmSync(this.path, { recursive: true, force: true });
  }
}

/** The bytes of a mended copy; a model that needed no mending has none. */
export function bytesOf(mended: Mended): Uint8Array {
  if (mended.kind === 'original') throw new Error('nothing was mended');
  return mended.bytes;
}
