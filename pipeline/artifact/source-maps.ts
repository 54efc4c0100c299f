import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { listFiles } from './files.ts';

/**
 * Makes a build's source maps the same for the same sources. SAM bundles in a temporary folder with a new name each time, and esbuild
 * writes down where every source lay: without this each build is another artifact, and a deployment with nothing to change has changes.
 */
export async function settleSourceMaps(buildDir: string): Promise<void> {
  for (const { path } of await listFiles(buildDir, new Set(['node_modules']))) {
    if (!/\.m?js\.map$/.test(path)) continue;
    const file = join(buildDir, path);
    const map = JSON.parse(await readFile(file, 'utf8')) as { sources: string[] };
    await writeFile(file, JSON.stringify({ ...map, sources: settle(map.sources) }));
  }
}

/**
 * Paths as they are below the function's own folder.
 *
 * @example settle(['../../tmpa1/lib/http.ts', '../../tmpa1/handler.ts', '../deps/b2/node_modules/x/i.js']) // ['lib/http.ts', 'handler.ts', 'node_modules/x/i.js']
 */
export function settle(sources: readonly string[]): string[] {
  const root = commonFolder(sources.filter((source) => !source.includes('node_modules/')));
  return sources.map((source) => {
    const installed = source.indexOf('node_modules/');
    return installed === -1 ? source.slice(root.length) : source.slice(installed);
  });
}

/** The longest beginning, up to a slash, that all paths share. */
function commonFolder([first = '', ...others]: readonly string[]): string {
  const parts = first.split('/').slice(0, -1);
  const shared = parts.findIndex((_, i) => {
    const beginning = `${parts.slice(0, i + 1).join('/')}/`;
    return !others.every((other) => other.startsWith(beginning));
  });
  const kept = shared === -1 ? parts : parts.slice(0, shared);
  return kept.length === 0 ? '' : `${kept.join('/')}/`;
}
