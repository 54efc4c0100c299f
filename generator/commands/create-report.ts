import { relative } from 'node:path';
import type { Blueprint } from '../blueprint.ts';
import type { CreateOptions } from './create-flags.ts';
import { WORDS } from '../render/package-manager-words.ts';
import type { Repository } from '../write/git.ts';
import type { FileEntry, FileMap } from '../write/file-map.ts';
import type { Fixture } from '../render/fixtures.ts';
import { speaksHttp, triggerTable } from '../triggers/table.ts';

/** What became of the installation. */
export type Installed = { readonly kind: 'done' | 'skipped' } | { readonly kind: 'failed'; readonly why: string };

export interface Created {
  readonly dir: string;
  readonly blueprint: Blueprint;
  readonly files: FileMap;
  readonly fixtures: readonly Fixture[];
  readonly repository: Repository;
  readonly installed: Installed;
  /** Flags with the values that nobody was asked for and that neither the model nor a file beside it says. */
  readonly assumed: readonly string[];
  /** What a person must know before it is deployed, a sentence each. */
  readonly warnings: readonly string[];
}

/** For `--json`. */
export function summary({
  dir,
  blueprint,
  files,
  fixtures,
  repository,
  installed,
  assumed,
  warnings,
}: Created): object {
  return {
    dir,
    name: blueprint.name,
    task: blueprint.task,
    files: Object.keys(files),
    fixtures: fixtures.map(({ file, path }) => ({ file, path })),
    repository,
    installed,
    assumed,
    warnings,
  };
}

/** What to do next, in the package manager's words. */
export function nextSteps({ dir, blueprint, fixtures, installed, assumed }: Created, cwd: string): string {
  const words = WORDS[blueprint.packageManager];
  const below = relative(cwd, dir);
  const path = below.startsWith('..') ? dir : below;
  const quoted = /^[\w./-]+$/.test(path) ? path : `'${path.replaceAll("'", `'\\''`)}'`;
  const [sample] = fixtures;
  const brings = blueprint.triggers.find((trigger) => triggerTable.of(trigger).answers === 'outputs');
  const steps = [
    path === '' ? undefined : [`cd ${quoted}`, ''],
    installed.kind === 'done' ? undefined : [words.install, ''],
    [words.test, 'the built handler against the fixtures, offline'],
    speaksHttp(blueprint) ? [`${words.tool} start`, 'the API on this machine'] : undefined,
    sample && [`${words.tool} invoke fixtures/${sample.file}`, 'one request'],
    sample &&
      brings && [
        `${words.tool} invoke --event ${brings.kind} fixtures/${sample.file}`,
        'the same as its trigger brings it',
      ],
    [`${words.tool} deploy --stage dev`, 'to AWS'],
  ].filter((step) => step !== undefined);
  const width = Math.max(...steps.map(([command]) => command?.length ?? 0));
  const lines = steps.map(([command = '', why = '']) => `  ${command.padEnd(width)}${why && `   # ${why}`}`.trimEnd());
  const { architecture, memory } = blueprint.function;
  return [
    `\n${blueprint.name} is there: ${fixtures.length} fixtures, ${architecture}, ${memory} MB.`,
    ...(assumed.length === 0 ? [] : ['Taken for granted, since the model does not say (a flag says otherwise):']),
    ...assumed.map((flag) => `  ${flag}`),
    `Next:\n\n${lines.join('\n')}\n`,
  ].join('\n');
}

/** For `--dry-run`: a path a line, or with sizes as JSON; null where a file is only copied later. */
export function dryRun(files: FileMap, { json, recipe }: Pick<CreateOptions, 'json' | 'recipe'>): string {
  if (!json)
    return Object.keys(files)
      .map((path) => `${path}\n`)
      .join('');
  const list = Object.entries(files).map(([path, entry]) => ({ path, kind: entry.kind, bytes: bytesOf(entry) }));
  return `${JSON.stringify({ ...(recipe && { recipe }), files: list }, null, 2)}\n`;
}

function bytesOf(entry: FileEntry): number | null {
  if (entry.kind === 'copy') return null;
  return entry.kind === 'bytes' ? entry.bytes.length : Buffer.byteLength(entry.text);
}
