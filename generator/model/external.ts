import { closeSync, openSync } from 'node:fs';
import { realpath, stat } from 'node:fs/promises';
import { dirname, isAbsolute, join, posix, relative, sep, win32 } from 'node:path';
import { ToolError } from '../errors.ts';
import { tellFileKind } from './file-kinds.ts';
import { walkTensors } from './graph.ts';
import type { ModelProto } from './onnx_pb.ts';

const EXTERNAL = 1;

/** A file beside the model that holds weights, and the byte up to which the model reads it. */
interface Reference {
  readonly location: string;
  readonly end: number;
}

function references(model: ModelProto): Reference[] {
  const ends = new Map<string, number>();
  for (const tensor of walkTensors(model)) {
    if (tensor.dataLocation !== EXTERNAL) continue;
    const values = new Map(tensor.externalData.map(({ key, value }) => [key, value]));
    const location = plain(values.get('location') ?? '');
    const end = Number(values.get('offset') ?? 0) + Number(values.get('length') ?? 0);
    ends.set(location, Math.max(ends.get(location) ?? 0, end));
  }
  return [...ends].map(([location, end]) => ({ location, end }));
}

/** `./weights.bin` is the same file as `weights.bin`. */
const plain = (location: string): string => (/(^|\/)\.\//.test(location) ? posix.normalize(location) : location);

/** Where the model keeps weights outside of itself, as it names the files: nothing is checked yet. */
export function externalLocations(model: ModelProto): string[] {
  return references(model).map(({ location }) => location);
}

/**
 * Checks the files that the model keeps weights in: they are there, whole, and inside the model's own folder.
 *
 * @returns their paths relative to the model's folder, in order of appearance, and their total size in bytes
 * @throws ToolError MODEL_EXTERNAL_DATA_OUTSIDE, MODEL_EXTERNAL_DATA_MISSING, MODEL_IS_LFS_POINTER, MODEL_TRUNCATED
 */
export async function checkExternalData(model: ModelProto, file: string): Promise<{ files: string[]; bytes: number }> {
  const folder = dirname(file);
  let bytes = 0;
  const files: string[] = [];
  for (const { location, end } of references(model)) {
    // Windows' backslash too: the same model is served from Linux.
    if (isAbsolute(location) || win32.isAbsolute(location) || location.split(/[\\/]/).includes('..')) {
      throw outside(location, file);
    }
    if (location.includes('\\')) throw windows(location, file);
    const path = join(folder, location);
    const found = location === '' ? undefined : await stat(path).catch(() => undefined);
    if (!found?.isFile()) {
      throw new ToolError('MODEL_EXTERNAL_DATA_MISSING', {
        what: `The model keeps weights in another file, which is not there: ${location || '(no name)'}`,
        where: file,
        expected: `${path}`,
        next: 'Put the file that was exported with the model beside it, under this name.',
      });
    }
    const inside = relative(await realpath(folder), await realpath(path));
    if (inside === '..' || inside.startsWith(`..${sep}`) || isAbsolute(inside)) throw outside(location, file, path);
    refuseStub(path, found.size, end);
    bytes += found.size;
    files.push(location);
  }
  return { files, bytes };
}

function outside(location: string, file: string, link?: string): ToolError {
  return new ToolError('MODEL_EXTERNAL_DATA_OUTSIDE', {
    what: `The model reads weights from outside its folder${link ? ', through a link' : ''}: ${location}`,
    where: file,
    expected: 'a path relative to the model, inside its folder, e.g. model.onnx.data',
    next: link ? `Put the file itself in the link's place: cp --remove-destination "$(realpath "${link}")" "${link}"` : 'Save it anew: onnx.save(model, "model.onnx", save_as_external_data=True, location="model.onnx.data")',
  }); // prettier-ignore
}

function windows(location: string, file: string): ToolError {
  return new ToolError('MODEL_EXTERNAL_DATA_MISSING', {
    what: `The model names the file with its weights as Windows does, and Lambda finds it under no such name: ${location}`,
    where: file,
    expected: 'a path with / between folders, e.g. weights/model.onnx.data',
    next: 'Save it anew: onnx.save(model, "model.onnx", save_as_external_data=True, location="model.onnx.data")',
  });
}

function refuseStub(path: string, size: number, end: number): void {
  if (size >= end && size > 1024) return;
  const fd = openSync(path, 'r');
  try {
    const kind = tellFileKind(fd, size);
    if (kind?.code === 'MODEL_IS_LFS_POINTER') throw new ToolError(kind.code, { ...kind, where: path });
  } finally {
    closeSync(fd);
  }
  if (size >= end) return;
  throw new ToolError('MODEL_TRUNCATED', {
    what: `The file with the model's weights ends too early: it has ${size} bytes, the model reads ${end}.`,
    where: path,
    next: 'Copy or download it again.',
  });
}
