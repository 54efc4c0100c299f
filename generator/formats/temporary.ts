import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { diskError } from '../write/disk.ts';

/** A temporary folder that is made when it is first needed. */
export class Temporary {
  readonly #root: string;
  #folder: Promise<string> | undefined;

  constructor(root = tmpdir()) {
    this.#root = root;
  }

  folder(): Promise<string> {
    this.#folder ??= mkdtemp(join(this.#root, 'onnx-lambda-model-')).catch((error: unknown) => {
      throw diskError(error, this.#root);
    });
    return this.#folder;
  }

  /** With all that is in it; no error where it was never made. */
  async remove(): Promise<void> {
    const folder = await this.#folder?.catch(() => undefined);
    this.#folder = undefined;
    if (folder !== undefined) await rm(folder, { recursive: true, force: true, maxRetries: 3 });
  }
}
