// Brings a checkout to the point where its bins start: dependencies, then the build. Plain Node, nothing installed needed.
//   node scripts/setup.mjs                 both, each only when it is out of date
//   node scripts/setup.mjs --build-only    no npm (what `prepare` runs);  --force builds even when up to date
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const at = (...parts) => join(root, ...parts);
const flags = new Set(process.argv.slice(2));

function run(command, args) {
  const { status, error } = spawnSync(command, args, {
    cwd: root,
    stdio: ['ignore', 2, 2],
    shell: process.platform === 'win32',
  });
  if (error) console.error(`${command}: ${error.message}`);
  if (status !== 0) process.exit(status ?? 1);
}

/** Runs `make` unless the stamp beside its product says that it was made from the same input. */
function unlessFresh(stamp, input, make) {
  if (!flags.has('--force') && existsSync(stamp) && readFileSync(stamp, 'utf8') === input) return;
  make();
  mkdirSync(dirname(stamp), { recursive: true });
  writeFileSync(stamp, input);
}

function hashOf(files) {
  const hash = createHash('sha256');
  for (const file of files) hash.update(file).update(readFileSync(file));
  return hash.digest('hex');
}

function sources(folder) {
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.ts'))
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
}

// A published package has its dist and no tsconfig: nothing to do.
if (existsSync(at('tsconfig.json'))) {
  if (!flags.has('--build-only')) {
    const stamp = at('node_modules', '.setup-stamp');
    unlessFresh(stamp, hashOf([at('package-lock.json')]), () =>
      run('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund']),
    );
  }
  const tsc = at('node_modules', 'typescript', 'bin', 'tsc');
  const rooms = ['generator', 'swagger', 'harness', 'pipeline', 'bin'].flatMap((room) => sources(at(room)));
  unlessFresh(at('dist', '.build-stamp'), hashOf([at('tsconfig.json'), ...rooms]), () => {
    rmSync(at('dist'), { recursive: true, force: true });
    run(process.execPath, [tsc, '-p', at('tsconfig.json')]);
  });
}
