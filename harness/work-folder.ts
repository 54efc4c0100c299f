import { existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** A folder under the project's .onnx-lambda, made when it is not there. The whole of it can be deleted at any time. */
export function workFolder(root: string, ...parts: string[]): string {
  const base = join(root, '.onnx-lambda');
  if (!existsSync(base)) {
    mkdirSync(base, { recursive: true });
    writeFileSync(join(base, '.gitignore'), '*\n');
  }
  const folder = join(base, ...parts);
  mkdirSync(folder, { recursive: true });
  return folder;
}

/** Writes a file so that a reader sees the old one or the new one, never a half. */
export function writeAtomic(file: string, text: string): void {
  const half = `${file}.${process.pid}-${Math.random().toString(36).slice(2)}`;
  try {
    writeFileSync(half, text);
    renameSync(half, file);
  } catch (error) {
    rmSync(half, { force: true });
    throw error;
  }
}
