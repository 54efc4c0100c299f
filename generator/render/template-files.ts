import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { packageFile } from '../package-files.ts';
import type { HandlerParts } from '../tasks/task.ts';
import { copy, json, type FileMap } from '../write/file-map.ts';

/** Of handler-template/, what is not copied: what is generated, made by tools, or tests of the template itself. */
const LEFT_OUT = [
  /(^|\/)node_modules\//,
  /(^|\/)\.(npmrc|gitignore|DS_Store)$/,
  /^package(-lock)?\.json$/,
  /^src\/(model|task|model-location|dialect|triggers|inputs|outputs)\.ts$/,
  /^src\/(triggers|outputs)\/[^/]+\/emit[^/]*\.ts$/,
  /^runtime\/package\.json$/,
  /^src\/package(-lock)?\.json$/,
  /^(client|test)\//,
  /^(README|CONTRIBUTING)\.md$/,
];

/** Packages of the function that only some parts import: tasks, triggers, inputs, outputs. */
const PACKAGES_OF_PARTS: readonly string[] = [
  '@aws-lambda-powertools/batch',
  '@huggingface/tokenizers',
  'ipaddr.js',
  'negotiator',
];

/** Folders of src/, and files in dialects/, that only some projects have: all but protocol/, and what lies beside the kinds of a part. */
const OF_PARTS =
  /^src\/(?:(inputs(?:\/[^/]+)?|(?:tasks|triggers|outputs)\/[^/]+|(?!(?:protocol|inputs|tasks|triggers|outputs|dialects)\/)[^/]+)\/|(dialects\/[^/]+)\.ts$)/;

/** Files of the handler: copied byte for byte, those of other tasks left out; and the runtime layer's package.json with what is loaded. */
export function templateFiles(parts: HandlerParts, without: readonly string[] = []): FileMap {
  const root = packageFile('handler-template');
  const paths = readdirSync(root, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(root.length).replaceAll('\\', '/').replace(/^\/+/, ''))
    .filter((path) => !without.includes(path) && !LEFT_OUT.some((pattern) => pattern.test(path)))
    .filter((path) => {
      const [, inFolder, dialect] = OF_PARTS.exec(path) ?? [];
      const folder = inFolder ?? dialect;
      return folder === undefined || parts.folders.includes(folder);
    })
    .sort();
  const runtime = read('handler-template/runtime/package.json');
  return {
    ...Object.fromEntries(paths.map((path) => [path, copy(join(root, path))])),
    'runtime/package.json': json({ ...runtime, dependencies: only(runtime.dependencies, runtimeOf(parts)) }),
    ...functionPackages(parts),
  };
}

/** src/package.json and its lock, without the packages that only other parts import. */
function functionPackages(parts: HandlerParts): FileMap {
  const wanted = functionOf(parts);
  const manifest = read('handler-template/src/package.json');
  const lock = JSON.parse(readFileSync(packageFile('handler-template/src/package-lock.json'), 'utf8')) as Lock;
  const reached = reachedFrom(Object.keys(only(manifest.dependencies, wanted)), lock);
  const packages = Object.entries(lock.packages).flatMap(([path, entry]): [string, Manifest][] => {
    if (path === '') return [[path, { ...entry, dependencies: only(entry.dependencies, wanted) }]];
    return reached.has(path) ? [[path, entry]] : [];
  });
  return {
    'src/package.json': json({ ...manifest, dependencies: only(manifest.dependencies, wanted) }),
    'src/package-lock.json': json({ ...lock, packages: Object.fromEntries(packages) }),
  };
}

/** Paths in the lock of some packages and of all that these depend on; nothing in it is installed twice. */
function reachedFrom(names: readonly string[], lock: Lock): ReadonlySet<string> {
  const reached = new Set<string>();
  const visit = (name: string): void => {
    const path = `node_modules/${name}`;
    const entry = lock.packages[path];
    if (!entry || reached.has(path)) return;
    reached.add(path);
    for (const next of Object.keys({ ...entry.dependencies, ...entry.optionalDependencies })) visit(next);
  };
  names.forEach(visit);
  return reached;
}

type Wanted = (name: string) => boolean;

const runtimeOf =
  ({ runtime }: HandlerParts): Wanted =>
  (name) =>
    runtime.includes(name);

const functionOf =
  ({ function: own = [] }: HandlerParts): Wanted =>
  (name) =>
    own.includes(name) || !PACKAGES_OF_PARTS.includes(name);

function only(dependencies: Manifest['dependencies'], wanted: Wanted): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(dependencies ?? {}).filter(([name]) => wanted(name)));
}

interface Lock {
  readonly packages: Readonly<Record<string, Manifest>>;
}

interface Manifest {
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
  readonly devDependencies?: Readonly<Record<string, string>>;
  readonly overrides?: Readonly<Record<string, string>>;
}

const read = (file: string): Manifest => JSON.parse(readFileSync(packageFile(file), 'utf8')) as Manifest;

/** What checks a project, in the versions that check the template here. */
const TOOLS = ['@types/aws-lambda', '@types/node', 'eslint', 'jest', 'typescript', 'typescript-eslint'];
/** Of the function's dependencies: what builds it, not what it imports. */
const BUILDS = ['esbuild'];

/** What type checks, lint and tests need: tools, and what the function and the runtime layer import, so that types are found. */
export function templateDevDependencies(parts: HandlerParts): Readonly<Record<string, string>> {
  const of = (part: string, wanted: Wanted): [string, string][] =>
    Object.entries(only(read(`handler-template/${part}/package.json`).dependencies, wanted));
  const imported = [
    ...of('src', functionOf(parts)).filter(([name]) => !BUILDS.includes(name)),
    ...of('runtime', runtimeOf(parts)),
  ];
  const { dependencies, devDependencies } = read('package.json');
  const types = imported.map(([name]) => `@types/${name}`);
  const tools = Object.entries(devDependencies ?? {}).filter(([name]) => TOOLS.includes(name) || types.includes(name));
  const brought = Object.entries(
    only({ ...dependencies, ...devDependencies }, (name) => parts.types?.includes(name) ?? false),
  );
  return Object.fromEntries([...imported, ...brought, ...tools]);
}

/** Versions of packages further down, where the newest is known to be incomplete: the same that this tool is built with. */
export function templateOverrides(): Readonly<Record<string, string>> {
  return read('package.json').overrides ?? {};
}
