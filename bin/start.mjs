// What both bins do first: make sure that the build is there (a checkout installed with scripts off has none), then run it.
import { existsSync } from 'node:fs';
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/** @param {'create' | 'project'} name which command line to start */
export async function start(name) {
  const entry = new URL(`../dist/bin/${name}.js`, import.meta.url);
  if (!existsSync(entry)) {
    const setup = new URL('../scripts/setup.mjs', import.meta.url);
    const built =
      existsSync(setup) &&
      spawnSync(process.execPath, [fileURLToPath(setup), '--build-only'], { stdio: ['ignore', 2, 2] });
    if (!built || built.status !== 0) {
      process.stderr.write('create-onnx-lambda is not built here: run `npm ci && npm run build` in its folder.\n');
      process.exit(1);
    }
  }
  await import(entry.href);
}
