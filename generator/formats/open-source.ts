import { basename, join, resolve } from 'node:path';
import { ToolError } from '../errors.ts';
import { readSideFiles } from '../hints/side-files.ts';
import { openContainer } from './containers.ts';
import { pickModel } from './pick.ts';
import { readSides, sidePaths } from './sides.ts';
import type { Source, SourceOptions, Tree } from './source.ts';
import { Temporary } from './temporary.ts';
import { weightPaths } from './weights.ts';

/**
 * Opens what somebody points at: a model file, or a folder or archive that holds one. Told by content, never by name.
 * Of an archive only what belongs to the model is unpacked, into a temporary folder that is gone after an error, an abort or `dispose`.
 *
 * @throws ToolError MODEL_NOT_FOUND, MODEL_UNREADABLE, MODEL_AMBIGUOUS, MODEL_ARCHIVE_…, and what a file of another kind gets
 */
export async function openSource(where: string, options: SourceOptions = {}): Promise<Source> {
  const path = resolve(where);
  const signal = options.signal ?? new AbortController().signal;
  const temporary = new Temporary(options.tempRoot);
  const dispose = (): Promise<void> => temporary.remove();
  try {
    signal.throwIfAborted();
    const tree = await openContainer(path, temporary, signal);
    return { ...(tree ? await fromTree(tree, options) : await fromFile(path, options)), dispose };
  } catch (error) {
    await dispose();
    throw error;
  }
}

type Opened = Omit<Source, 'dispose'>;

async function fromFile(path: string, { file, version }: SourceOptions): Promise<Opened> {
  if (file !== undefined || version !== undefined) {
    throw new ToolError('USAGE', {
      what: 'This is one file: there is nothing to choose from.',
      where: path,
      expected: 'a folder or an archive, or neither --model-file nor a version',
    });
  }
  const note = `The model is ${basename(path)}.`;
  return { kind: 'onnx', modelFile: path, sideFiles: await readSideFiles(path), note };
}

async function fromTree(tree: Tree, options: SourceOptions): Promise<Opened> {
  const { layout, choice, model } = await pickModel(tree, options);
  const sides = sidePaths(tree, model, choice);
  const root = await tree.place([model, ...sides.map(([path]) => path)]);
  const modelFile = join(root, model);
  await tree.place(weightPaths(tree, model, modelFile));
  const more = options.file === undefined ? choice.more : undefined;
  const note = [`The model is ${model} in ${tree.name} (${layout.title}).`, more].filter(Boolean).join(' ');
  return { kind: layout.kind, modelFile, sideFiles: await readSides(tree, sides), note };
}
