import { existsSync, readFileSync, realpathSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { packageFile } from '../../generator/package-files.ts';

/** node_modules folders from `folder` upwards, nearest first: where Node itself looks. */
function upwards(folder: string): string[] {
  const parent = dirname(folder);
  return [join(folder, 'node_modules'), ...(parent === folder ? [] : upwards(parent))];
}

/** Where the tool's own dependencies are, hoisted or not. */
export const toolModules = (): string[] => [
  ...upwards(dirname(packageFile('package.json'))),
  ...upwards(dirname(realpathSync(packageFile('package.json')))),
];

/**
 * The folder of the first installed copy of a package.
 *
 * @param modules node_modules folders, best first
 * @param fits what else must be true of a copy
 */
export function findPackage(
  name: string,
  modules: readonly string[],
  fits: (folder: string) => boolean = () => true,
): string | undefined {
  const found = modules
    .map((folder) => join(folder, name))
    .find((folder) => existsSync(join(folder, 'package.json')) && fits(folder));
  return found === undefined ? undefined : realpathSync(found);
}

/** The version in a package's package.json. */
export function versionOf(folder: string): string {
  return String((JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as { version?: unknown }).version);
}
