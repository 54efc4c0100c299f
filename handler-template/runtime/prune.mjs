// Leaves in node_modules what the function loads on its target, and nothing else: onnxruntime-node alone brings five platforms, which is
// over Lambda's 250 MB. Runs after each `npm install` in this folder, on any host. The target is what .npmrc says: os, cpu, libc.
import { existsSync, readdirSync, readFileSync, rmdirSync, rmSync, statSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';
import { pathToFileURL } from 'node:url';

/** What of a package is needed to `require` it, by its name; its licence and package.json always are. Other packages are left whole. */
const NEEDED = {
  'onnxruntime-node': ({ os, cpu }) => [
    /^dist\/.*\.js$/,
    // Neither DirectML nor the CUDA and TensorRT providers: Lambda has no GPU.
    new RegExp(`^bin/napi-v\\d+/${os}/${cpu}/(onnxruntime_binding\\.node|libonnxruntime[.\\d]*\\.(so|dylib)[.\\d]*)$`),
  ],
  'onnxruntime-common': () => [/^dist\/cjs\/.*\.js$/, /^dist\/cjs\/package\.json$/],
  sharp: () => [/^(dist|lib)\/.*\.c?js$/],
  '@img/colour': () => [/\.cjs$/],
  'detect-libc': () => [/^lib\/.*\.js$/],
  semver: () => [/^(?!bin\/).*\.js$/],
};
const ALWAYS = /^package\.json$|(^|\/)(licen[cs]e|copying|notice|third.?party)[^/]*$/i;

/** Dependencies of install scripts. They go, and what only they need, unless the package's own code has come to load them. */
const INSTALL_ONLY = { 'onnxruntime-node': ['adm-zip', 'global-agent'] };

/** Binaries of one platform: `@img/sharp-linux-arm64`, `@img/sharp-libvips-linuxmusl-x64`. */
const PLATFORM = /^@img\/sharp-(?:libvips-)?([a-z]+?\d*)(musl)?-([a-z0-9]+)$/;

/** Lambda's name for it, its Linux and its C library, where neither npm's configuration nor the text of .npmrc says otherwise. */
export function targetOf(env, npmrc) {
  const lines = npmrc.matchAll(/^\s*(os|cpu|libc)\s*=\s*["']?([\w-]+)["']?\s*$/gm);
  const said = Object.fromEntries([...lines].map(([, key, value]) => [key, value]));
  const of = (key, otherwise) => env[`npm_config_${key}`] || said[key] || otherwise;
  return { os: of('os', 'linux'), cpu: of('cpu', process.arch), libc: of('libc', 'glibc') };
}

/** Removes what the target never loads. */
export function prune(folder, target) {
  const packages = packagesIn(join(folder, 'node_modules'));
  const loaded = reachable(folder, packages);
  for (const { path, name } of packages.values()) {
    if (!existsSync(path)) continue;
    if (!loaded.has(path) || !fits(name, target)) rmSync(path, { recursive: true });
    else for (const file of filesOf(path)) if (!isNeeded(name, relative(path, file), target)) rmSync(file);
  }
  // npm's note of what is installed is wrong from now on, and command shims point nowhere.
  rmSync(join(folder, 'node_modules', '.package-lock.json'), { force: true });
  for (const shims of ['.', ...[...loaded].map((path) => relative(folder, path))]) {
    rmSync(join(folder, shims, 'node_modules', '.bin'), { recursive: true, force: true });
  }
  removeEmpty(join(folder, 'node_modules'));
}

/** What is missing for the target, as a sentence, or undefined. */
export function missing(folder, { os, cpu, libc }) {
  const modules = join(folder, 'node_modules');
  const manifest = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  const musl = libc === 'musl' ? 'musl' : '';
  const wanted = [
    ['onnxruntime-node', /onnxruntime_binding\.node$/],
    ...(manifest.dependencies?.sharp
      ? [
          [`@img/sharp-${os}${musl}-${cpu}`, /\.node$/],
          [`@img/sharp-libvips-${os}${musl}-${cpu}`, /libvips/],
        ]
      : []),
  ];
  const gone = wanted.filter(([name, file]) => !filesOf(join(modules, name)).some((path) => file.test(path)));
  if (gone.length > 0)
    return `${gone.map(([name]) => name).join(', ')}: no binaries for ${os} ${cpu} ${libc}. Is .npmrc beside package.json?`;
}

function packagesIn(modules, found = new Map()) {
  if (!existsSync(modules)) return found;
  for (const entry of readdirSync(modules)) {
    const names = entry.startsWith('@') ? readdirSync(join(modules, entry)).map((name) => `${entry}/${name}`) : [entry];
    for (const name of names) {
      const path = join(modules, name);
      if (!existsSync(join(path, 'package.json'))) continue;
      found.set(path, { path, name, manifest: JSON.parse(readFileSync(join(path, 'package.json'), 'utf8')) });
      packagesIn(join(path, 'node_modules'), found);
    }
  }
  return found;
}

/** Folders of the packages that are reached from package.json, looked up as Node does. */
function reachable(folder, packages) {
  const seen = new Set();
  const visit = (path, name, manifest) => {
    const installOnly = (INSTALL_ONLY[name] ?? []).filter((dependency) => !loads(path, dependency));
    for (const dependency of Object.keys({ ...manifest.dependencies, ...manifest.optionalDependencies })) {
      if (installOnly.includes(dependency)) continue;
      const at = resolve(folder, path, dependency, packages);
      if (!at || seen.has(at)) continue;
      seen.add(at);
      visit(at, dependency, packages.get(at).manifest);
    }
  };
  visit(folder, '', JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')));
  return seen;
}

function resolve(folder, from, name, packages) {
  for (let at = from; at.startsWith(folder); at = dirname(at)) {
    const path = join(at, 'node_modules', name);
    if (packages.has(path)) return path;
  }
}

function loads(path, dependency) {
  return filesOf(join(path, 'dist'))
    .filter((file) => file.endsWith('js'))
    .some((file) => readFileSync(file, 'utf8').includes(`require("${dependency}")`));
}

function fits(name, { os, cpu, libc }) {
  const [, itsOs, musl, itsCpu] = PLATFORM.exec(name) ?? [];
  return !itsOs || (itsOs === os && itsCpu === cpu && Boolean(musl) === (libc === 'musl'));
}

function isNeeded(name, file, target) {
  const path = file.split(sep).join('/');
  if (!Object.hasOwn(NEEDED, name) || ALWAYS.test(path)) return true;
  return NEEDED[name](target).some((pattern) => pattern.test(path));
}

/** Files of one package, without those of packages below it. */
function filesOf(path) {
  if (!existsSync(path)) return [];
  return readdirSync(path, { withFileTypes: true }).flatMap((entry) => {
    if (entry.isDirectory()) return entry.name === 'node_modules' ? [] : filesOf(join(path, entry.name));
    return [join(path, entry.name)];
  });
}

function removeEmpty(path) {
  if (!existsSync(path)) return;
  for (const entry of readdirSync(path, { withFileTypes: true })) {
    if (entry.isDirectory()) removeEmpty(join(path, entry.name));
  }
  if (readdirSync(path).length === 0) rmdirSync(path);
}

function weigh(path) {
  const below = readdirSync(path, { withFileTypes: true, recursive: true });
  return below.reduce(
    (sum, entry) => sum + (entry.isFile() ? statSync(join(entry.parentPath, entry.name)).size : 0),
    0,
  );
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const folder = import.meta.dirname;
  const npmrc = join(folder, '.npmrc');
  const target = targetOf(process.env, existsSync(npmrc) ? readFileSync(npmrc, 'utf8') : '');
  prune(folder, target);
  const trouble = missing(folder, target);
  if (trouble) {
    console.error(trouble);
    process.exitCode = 1;
  } else {
    const megabytes = (weigh(join(folder, 'node_modules')) / 1e6).toFixed(1);
    console.log(`runtime layer for ${target.os} ${target.cpu}: ${megabytes} MB`);
  }
}
