import { basename, posix } from 'node:path';
import { ToolError } from '../errors.ts';
import { folderOf, inFolder, modelsIn } from './paths.ts';
import { readText } from './read-text.ts';
import type { Choice, Layout, SourceOptions, Tree } from './source.ts';

const CONFIG = 'config.pbtxt';

/** Triton leaves folders aside whose names aren't numbers or start with 0. */
const VERSION = /^[1-9]\d*$/;

interface Numbered {
  readonly model: string;
  readonly version: number;
}

/** Triton's model repository, or one entry of it: `NAME/config.pbtxt` and numbered versions, each with the model. */
export const triton: Layout = {
  kind: 'triton',
  title: 'Triton model repository',
  choose: async (tree, options) => {
    const entries = entriesOf(tree);
    if (entries.size === 0) return undefined;
    const choices: Choice[] = [];
    for (const [entry, models] of entries) choices.push(await chooseIn(tree, entry, models, options));
    const models = choices.flatMap((choice) => choice.models);
    return choices.length === 1 ? choices[0] : { models };
  },
};

/** Folders with a config.pbtxt and at least one numbered version with a model in it. */
function entriesOf({ files }: Tree): Map<string, Numbered[]> {
  const entries = new Map<string, Numbered[]>();
  for (const model of modelsIn(files.keys())) {
    const parts = folderOf(model).split('/');
    const at = parts.findLastIndex((part, i) => VERSION.test(part) && hasConfig(files, parts.slice(0, i)));
    if (at === -1) continue;
    const entry = parts.slice(0, at).join('/');
    entries.set(entry, [...(entries.get(entry) ?? []), { model, version: Number(parts[at]) }]);
  }
  return entries;
}

const hasConfig = (files: Tree['files'], parts: readonly string[]): boolean =>
  files.has(inFolder(parts.join('/'), CONFIG));

async function chooseIn(
  tree: Tree,
  entry: string,
  models: readonly Numbered[],
  { version }: SourceOptions,
): Promise<Choice> {
  const versions = [...new Set(models.map((model) => model.version))].sort((a, b) => a - b);
  const taken = version ?? (versions.at(-1) as number);
  if (!versions.includes(taken)) {
    throw new ToolError('MODEL_NOT_FOUND', {
      what: `There is no version ${taken} of this model.`,
      where: inFolder(tree.where, entry),
      expected: `one of ${versions.join(', ')}`,
    });
  }
  const config = (await readText(tree, inFolder(entry, CONFIG))) ?? '';
  const file = field(config, 'default_model_filename');
  const inVersion = models.filter((model) => model.version === taken).map(({ model }) => model);
  const named = inVersion.filter((model) => file !== undefined && model.endsWith(`/${file}`));
  const labels = field(config, 'label_filename');
  const labelFile = labels === undefined ? undefined : inFolder(entry, labels);
  return {
    models: named.length > 0 ? named : inVersion,
    name: field(config, 'name') ?? posix.basename(inFolder(basename(tree.where), entry)),
    sides: labelFile !== undefined && tree.files.has(labelFile) ? [[labelFile, 'labels']] : [],
    more: versions.length > 1 ? `Versions ${versions.join(', ')} are there; ${taken} was taken.` : undefined,
  };
}

/** The first string under a name in protobuf text. */
function field(config: string, name: string): string | undefined {
  return new RegExp(`^[^#\\n]*\\b${name}\\s*:\\s*["']([^"'\\n]+)["']`, 'm').exec(config)?.[1];
}
