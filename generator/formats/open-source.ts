import { stat } from 'node:fs/promises';
import { join, posix } from 'node:path';
import { ToolError } from '../errors.ts';
import { readSideFiles } from '../hints/side-files.ts';
import { hashOfFile } from '../hash-file.ts';
import { checkSha256 } from './check-sha256.ts';
import { isFolder, openContainer } from './containers.ts';
import { modelName } from './model-name.ts';
import { pickModel } from './pick.ts';
import { readAddress } from './remote/address.ts';
import { fetchSource } from './remote/fetch-source.ts';
import { readSides, sidePaths } from './sides.ts';
import type { Origin, Source, SourceOptions, Tree } from './source.ts';
import { Temporary } from './temporary.ts';
import { weightPaths } from './weights.ts';

/**
 * Opens what somebody points at: a model file, or a folder or archive that holds one, here, over https or in S3. Told by content, never by name.
 * Of an archive only what belongs to the model is unpacked, into a temporary folder that is gone after an error, an abort or `dispose`.
 *
 * @throws ToolError MODEL_NOT_FOUND, MODEL_UNREADABLE, MODEL_AMBIGUOUS, MODEL_ARCHIVE_…, MODEL_SHA256_DIFFERS, what a file of another kind gets, and what a download meets
 */
export async function openSource(where: string, options: SourceOptions = {}): Promise<Source> {
  const temporary = new Temporary(options.tempRoot);
  const dispose = (): Promise<void> => temporary.remove();
  const signal = options.signal ?? new AbortController().signal;
  try {
    signal.throwIfAborted();
    return { ...(await open(where, { ...options, signal }, temporary)), dispose };
  } catch (error) {
    await dispose();
    // Whatever was under way says it in words of its own.
    throw signal.aborted ? signal.reason : error;
  }
}

type Opened = Omit<Source, 'dispose'>;
type Options = SourceOptions & { readonly signal: AbortSignal };

async function open(where: string, options: Options, temporary: Temporary): Promise<Opened> {
  const { cwd = process.cwd(), env = process.env, sha256, signal } = options;
  const pinned = sha256 !== undefined;
  const check = (path: string): Promise<void> | undefined =>
    pinned ? checkSha256(path, sha256, where, signal) : undefined;
  const address = readAddress(where, cwd, pinned);
  const from = address.kind === 'path' ? undefined : where.replace(/\?.*/, '');
  const fetched = address.kind === 'path' ? address : await fetchSource(address, temporary, { env, pinned, signal });
  if (fetched.kind === 'tree') return fromTree(fetched.tree, from, options, check);
  const folder = isFolder(fetched.path);
  if (!folder) await check(fetched.path);
  const tree = await openContainer(fetched.path, temporary, signal);
  const opened = tree
    ? await fromTree(tree, from, options, folder ? check : undefined)
    : await fromFile(fetched.path, from, options);
  return address.kind === 'web'
    ? { ...opened, origin: await originOf(address.url, fetched.path, tree, opened.member, signal) }
    : opened;
}

/** What a function has to know to fetch the same. */
async function originOf(
  { href }: URL,
  path: string,
  tree: Tree | undefined,
  member: string | undefined,
  signal: AbortSignal,
): Promise<Origin> {
  const { size } = await stat(path);
  const folder = `${posix.dirname(member ?? '')}/`.replace(/^\.\//, '');
  const beside = [...(tree?.files ?? [])].filter(([file]) => file.startsWith(folder));
  return {
    url: href,
    sha256: await hashOfFile(path, signal),
    size,
    format: tree?.archive ?? 'file',
    member,
    unpacked: tree ? beside.reduce((sum, [, bytes]) => sum + bytes, 0) : size,
  };
}

async function fromFile(path: string, from: string | undefined, { file, version }: SourceOptions): Promise<Opened> {
  if (file !== undefined || version !== undefined) {
    throw new ToolError('USAGE', {
      what: 'This is one file: there is nothing to choose from.',
      where: from ?? path,
      expected: 'a folder or an archive, or neither --model-file nor a version',
    });
  }
  const note = from === undefined ? undefined : `The model is ${from}.`;
  return {
    kind: 'onnx',
    path: from ?? path,
    modelFile: path,
    modelName: modelName(path),
    sideFiles: await readSideFiles(path),
    note,
  };
}

async function fromTree(
  tree: Tree,
  from: string | undefined,
  options: SourceOptions,
  check?: (path: string) => Promise<void> | undefined,
): Promise<Opened> {
  const { layout, choice, model } = await pickModel(tree, options);
  const sides = sidePaths(tree, model, choice);
  const root = await tree.place([model, ...sides.map(([path]) => path)]);
  const modelFile = join(root, model);
  await check?.(modelFile);
  await tree.place(weightPaths(tree, model, modelFile));
  const more = options.file === undefined ? choice.more : undefined;
  const note = [`The model is ${model} in ${tree.name} (${layout.title}).`, more].filter(Boolean).join(' ');
  return {
    kind: layout.kind,
    ...(isFolder(tree.where) ? { path: modelFile } : { path: from ?? tree.where, member: model }),
    modelFile,
    modelName: modelName(model, choice.name, tree.where),
    sideFiles: await readSides(tree, sides),
    note,
  };
}
