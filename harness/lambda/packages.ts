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
 * What NODE_PATH is on this machine, in place of /opt/nodejs/node_modules: a folder with a link for each package that the layers' package.json
 * files name. The layer's own copy wins where it runs here, then the project's, then the tool's; nothing else can be loaded, as on Lambda.
 *
 * @param links an existing folder to make the links in
 * @throws ToolError RUNTIME_MISSING
 */
export function linkLayerPackages(project: Project, links: string): string {
  const copied: string[] = [];
  for (const { folder, buildMethod } of project.function.layers) {
    if (buildMethod === undefined) {
      copied.unshift(join(folder, 'nodejs', 'node_modules'));
      continue;
    }
    for (const name of dependenciesOf(folder)) {
      const modules = [join(folder, 'node_modules'), join(project.root, 'node_modules'), ...toolModules()];
      const found = findPackage(name, modules, NATIVE[name]);
      if (found === undefined)
        throw new ToolError('RUNTIME_MISSING', {
          what: `${name} is not installed for ${platform} on ${arch}.`,
          where: join(folder, 'package.json'),
          next: 'npm install',
        });
      const link = join(links, name);
      mkdirSync(dirname(link), { recursive: true });
      if (!existsSync(link)) symlinkSync(found, link, 'junction');
    }
  }
  return [links, ...copied.filter((folder) => existsSync(folder))].join(platform === 'win32' ? ';' : ':');
}

function dependenciesOf(folder: string): string[] {
  const file = join(folder, 'package.json');
  if (!existsSync(file)) return [];
  const { dependencies } = JSON.parse(readFileSync(file, 'utf8')) as { dependencies?: Record<string, string> };
  return Object.keys(dependencies ?? {});
}
