import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { packageFile } from '../package-files.ts';

/** This package, as a project depends on it. */
export interface Tool {
  readonly version: string;
  /** `^1.2.0` where it was installed as a package; `file:` and its folder where it runs from a checkout, so that the project can move. */
  readonly dependency: string;
}

/** @param manifest path of the tool's package.json */
export function toolAt(manifest = packageFile('package.json')): Tool {
  const { version } = JSON.parse(readFileSync(manifest, 'utf8')) as { version: string };
  const folder = dirname(manifest);
  const isCheckout = existsSync(join(folder, 'tsconfig.json')) && !/[\\/]node_modules[\\/]/.test(folder);
  return { version, dependency: isCheckout ? `file:${folder.replaceAll('\\', '/')}` : `^${version}` };
}
