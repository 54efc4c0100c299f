import { existsSync, mkdirSync, readdirSync, readFileSync, realpathSync, symlinkSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { ToolError } from '../../generator/errors.ts';
import { findPackage, toolModules } from '../build/packages.ts';
import type { Project } from '../template/project.ts';

const { platform, arch } = process;

/**
 * Packages with native parts: does a copy hold the parts for this machine? A layer's folder usually holds Lambda's, which may be of
 * another system or processor.
 */
const NATIVE: Readonly<Record<string, (folder: string) => boolean>> = {
  'onnxruntime-node': (folder) => {
    const bin = join(folder, 'bin');
    return existsSync(bin) && readdirSync(bin).some((napi) => existsSync(join(bin, napi, platform, arch)));
  },
  sharp: (folder) => {
    // pnpm's node_modules has links; the binaries are beside what they lead to.
    const real = realpathSync(folder);
    return [dirname(real), join(real, 'node_modules')].some((modules) =>
      [platform, `${platform}musl`].some((system) => existsSync(join(modules, '@img', `sharp-${system}-${arch}`))),
    );
  },
};

/**
 * What NODE_PATH is on this machine, in place of /opt/nodejs/node_modules and of what Lambda's runtime brings: a folder with a link for each
 * package that the layers' package.json files name, and for each client of AWS's SDK that the function takes. The layer's own copy wins where it
 * runs here, then the project's, then the tool's; nothing else can be loaded, as on Lambda.
 *
 * @param links an existing folder to make the links in
 * @throws ToolError RUNTIME_MISSING
 */
export function linkLayerPackages(project: Project, links: string): string {
  const { layers, sdkClients, sdkClientsOnDemand } = project.function;
  const installed = [join(project.root, 'node_modules'), ...toolModules()];
  const copied: string[] = [];
  for (const { folder, buildMethod } of layers) {
    if (buildMethod === undefined) {
      copied.unshift(join(folder, 'nodejs', 'node_modules'));
      continue;
    }
    const where = join(folder, 'package.json');
    const modules = [join(folder, 'node_modules'), ...installed];
    for (const name of dependenciesOf(folder)) linkPackage({ name, modules, where }, links);
  }
  const where = join(project.root, 'package.json');
  for (const name of [...sdkClients, ...sdkClientsOnDemand]) linkPackage({ name, modules: installed, where }, links);
  return [links, ...copied.filter((folder) => existsSync(folder))].join(platform === 'win32' ? ';' : ':');
}

interface Wanted {
  readonly name: string;
  /** node_modules folders, best first. */
  readonly modules: readonly string[];
  /** File that names it. */
  readonly where: string;
}

function linkPackage({ name, modules, where }: Wanted, links: string): void {
  const found = findPackage(name, modules, NATIVE[name]);
  if (found === undefined)
    throw new ToolError('RUNTIME_MISSING', {
      what: `${name} is not installed for ${platform} on ${arch}.`,
      where,
      next: 'npm install',
    });
  const link = join(links, name);
  mkdirSync(dirname(link), { recursive: true });
  if (!existsSync(link)) symlinkSync(found, link, 'junction');
}

function dependenciesOf(folder: string): string[] {
  const file = join(folder, 'package.json');
  if (!existsSync(file)) return [];
  const { dependencies } = JSON.parse(readFileSync(file, 'utf8')) as { dependencies?: Record<string, string> };
  return Object.keys(dependencies ?? {});
}
