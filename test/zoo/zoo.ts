import { execa } from 'execa';
import { mkdirSync, readdirSync, readFileSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { runBin } from '../rig/bins.ts';
import { RIG, ROOT } from '../rig/paths.ts';

export interface Tensor {
  readonly name: string;
  readonly shape: readonly number[];
  readonly datatype: string;
  readonly data: readonly (number | string | boolean)[];
}

/** What make.py writes beside each model. */
export interface Case {
  readonly name: string;
  readonly task: string;
  readonly model: string;
  readonly flags: readonly string[];
  readonly labels: readonly string[] | null;
  readonly requests: readonly {
    readonly body: { readonly inputs: readonly Tensor[] };
    readonly outputs: readonly Tensor[];
  }[];
}

/** Makes the zoo's models in a folder, or those that are named; the cases by name. */
export async function makeZoo(folder: string, names: readonly string[] = []): Promise<Map<string, Case>> {
  const env = { LOCPATH: `${RIG}zoo-locales` };
  await execa(`${RIG}zoo/bin/python`, [`${ROOT}test/zoo/make.py`, folder, ...names], { stdin: 'ignore', env });
  const read = (name: string): Case => JSON.parse(readFileSync(join(folder, name, 'case.json'), 'utf8')) as Case;
  return new Map(readdirSync(folder).map((name) => [name, read(name)]));
}

/** A folder of projects, with this repository and its packages as what `npm install` would bring to each. */
export function projectsFolder(folder: string): string {
  const packages = join(folder, 'node_modules');
  mkdirSync(packages, { recursive: true });
  for (const name of readdirSync(`${ROOT}node_modules`))
    symlinkSync(`${ROOT}node_modules/${name}`, join(packages, name));
  symlinkSync(ROOT, join(packages, 'create-onnx-lambda'));
  return folder;
}

/** create-onnx-lambda for a model of the zoo; the project's folder. @throws Error with what it said when it refuses */
export async function createProject(
  projects: string,
  zoo: string,
  one: Case,
  more: readonly string[] = [],
): Promise<string> {
  const architecture = process.arch === 'arm64' ? 'arm64' : 'x86_64';
  const plain = ['--architecture', architecture, '--yes', '--skip-install', '--no-git'];
  const args = [one.name, '--model', join(zoo, one.name, one.model), ...plain, ...one.flags, ...more];
  const { exitCode, all } = await runBin('create', args, { cwd: projects, all: true });
  if (exitCode !== 0) throw new Error(`create-onnx-lambda ${args.join(' ')} ended with ${exitCode}:\n${all}`);
  const project = join(projects, one.name);
  symlinkSync(join(projects, 'node_modules'), join(project, 'node_modules'));
  return project;
}

/** The project's own `npm test`. */
export async function npmTest(project: string): Promise<{ exitCode: number | undefined; all: string }> {
  const shell = Object.fromEntries(
    Object.entries(process.env).filter(([name]) => !/^(npm_.*|INIT_CWD|NODE_OPTIONS)$/i.test(name)),
  );
  const options = { cwd: project, env: shell, extendEnv: false, reject: false, stdin: 'ignore', all: true } as const;
  const { exitCode, all } = await execa('npm', ['test', '--silent'], options);
  return { exitCode, all };
}
