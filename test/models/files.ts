import { mkdtempSync, writeFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
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
