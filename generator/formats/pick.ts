import { closeSync, openSync } from 'node:fs';
import { stat } from 'node:fs/promises';
import { ToolError } from '../errors.ts';
import { tellFileKind } from '../model/file-kinds.ts';
import { LAYOUTS } from './layouts.ts';
import type { Choice, Layout, SourceOptions, Tree } from './source.ts';

/** One model of a tree, and the layout that told it. */
export interface Picked {
  readonly layout: Layout;
  readonly choice: Choice;
  readonly model: string;
}

/** @throws ToolError MODEL_AMBIGUOUS, MODEL_NOT_FOUND, MODEL_IS_PICKLE, MODEL_NOT_ONNX */
export async function pickModel(tree: Tree, options: SourceOptions): Promise<Picked> {
  for (const layout of LAYOUTS) {
    const choice = await layout.choose(tree, options);
    if (!choice || (choice.models.length === 0 && layout !== LAYOUTS.at(-1))) continue;
    const model = options.file === undefined ? await onlyOne(tree, choice, options.pick) : asked(tree, options.file);
    if (model === undefined) break;
    if (options.version !== undefined && layout.kind !== 'triton') throw noVersions(options.version, tree);
    return { layout, choice, model };
  }
  throw await noModel(tree);
}

async function onlyOne(tree: Tree, { models }: Choice, pick: SourceOptions['pick']): Promise<string | undefined> {
  const [first, second] = models;
  if (first === undefined || second === undefined) return first;
  if (pick) return pick(models, tree);
  throw ambiguous(`There are ${models.length} models in ${tree.name}`, models, tree);
}

/** The file of that path, or the one whose path ends so. */
function asked(tree: Tree, file: string): string {
  const path = file.replaceAll('\\', '/').replace(/^(\.\/)+/, '');
  if (tree.files.has(path)) return path;
  const [first, ...more] = [...tree.files.keys()].filter((one) => one.endsWith(`/${path}`));
  if (first === undefined) {
    throw new ToolError('MODEL_NOT_FOUND', {
      what: `There is no file ${path} in ${tree.name}.`,
      where: tree.where,
      expected: `one of ${few([...tree.files.keys()])}`,
    });
  }
  if (more.length > 0) throw ambiguous(`${path} is there more than once`, [first, ...more], tree);
  return first;
}

function ambiguous(what: string, models: readonly string[], { where }: Tree): ToolError {
  return new ToolError('MODEL_AMBIGUOUS', {
    what: `${what}: ${few(models)}.`,
    where,
    expected: 'one model',
    next: `--model-file ${models[0] as string}`,
  });
}

function noVersions(version: number, { name, where }: Tree): ToolError {
  return new ToolError('USAGE', {
    what: `Version ${version} was asked for, but ${name} has no numbered versions.`,
    where,
    expected: 'a Triton model repository: NAME/config.pbtxt and NAME/1/model.onnx',
  });
}

/** A zip may be a file of another kind itself: PyTorch, Keras and NumPy save as zip. */
async function noModel({ name, where, files }: Tree): Promise<ToolError> {
  const stats = await stat(where);
  if (stats.isFile()) {
    const fd = openSync(where, 'r');
    const kind = tellFileKind(fd, stats.size);
    closeSync(fd);
    if (kind && kind.code !== 'MODEL_IS_ARCHIVE') return new ToolError(kind.code, { ...kind, where });
  }
  const holds = files.size === 0 ? 'It is empty.' : `It holds ${few([...files.keys()])}.`;
  return new ToolError('MODEL_NOT_FOUND', {
    what: `There is no ONNX model in ${name}. ${holds}`,
    where,
    expected: 'a file that ends in .onnx',
    next: 'Give the path of the .onnx file, or --model-file PATH if the model has another name.',
  });
}

function few(names: readonly string[]): string {
  return names.length <= 6 ? names.join(', ') : `${names.slice(0, 5).join(', ')} and ${names.length - 5} more`;
}
