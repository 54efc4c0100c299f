import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Blueprint } from '../../generator/blueprint.ts';
import { planProject } from '../../generator/create.ts';
import { bytes, type FileEntry, type FileMap } from '../../generator/write/file-map.ts';
import { variants } from '../generator/template/blueprints.ts';
import { sample } from '../handler-template/triggers/behind.ts';
import { covering, product } from './combinations.ts';

const plan = (blueprint: Blueprint): FileMap =>
  planProject({
    blueprint,
    tool: { version: '0.1.0', dependency: '^0.1.0' },
    model: { 'model.onnx': bytes(Uint8Array.of(1)) },
    labels: Array.from({ length: 10 }, (_, i) => String(i)),
    fixtures: [],
    sample,
  });

const textOf = (entry: FileEntry | undefined): string =>
  entry?.kind === 'text' ? entry.text : entry?.kind === 'copy' ? readFileSync(entry.from, 'utf8') : '';

const IMPORT = /(?:from|import) '([^']+)';/g;

/** What each file of src/ imports, by the file. */
function importsOf(files: FileMap): Readonly<Record<string, readonly string[]>> {
  const sources = Object.keys(files).filter((path) => /^src\/.*\.ts$/.test(path));
  return Object.fromEntries(
    sources.map((path) => [path, [...textOf(files[path]).matchAll(IMPORT)].map(([, what = '']) => what)]),
  );
}

const dependenciesOf = (files: FileMap, path: string): readonly string[] =>
  Object.keys(
    (JSON.parse(textOf(files[path])) as { dependencies?: object; devDependencies?: object }).dependencies ?? {},
  );

const projects = [
  ...product,
  ...covering,
  ...Object.entries(variants).map(([name, blueprint]) => ({ name, blueprint })),
].map(({ name, blueprint }) => [name, blueprint] as const);

test.each(projects)('%s: what is imported is there, and what is installed is imported', (_, blueprint) => {
  const files = plan(blueprint);
  const imports = importsOf(files);
  const reached = new Set<string>();
  const missing: string[] = [];
  const visit = (path: string): void => {
    if (reached.has(path)) return;
    reached.add(path);
    for (const what of imports[path] ?? []) {
      if (!what.startsWith('.')) continue;
      const to = join(path, '..', what).replaceAll('\\', '/');
      if (to in imports) visit(to);
      else missing.push(`${path}: ${what}`);
    }
  };
  visit('src/handler.ts');
  Object.keys(imports).forEach(visit);
  expect(missing).toEqual([]);

  const packages = new Set(
    Object.values(imports)
      .flat()
      .filter((what) => !/^(\.|node:)/.test(what)),
  );
  const manifest = JSON.parse(textOf(files['package.json'])) as { devDependencies: Record<string, string> };
  const known = [...Object.keys(manifest.devDependencies), 'aws-lambda'];
  const nameOf = (what: string): string => what.split('/', what.startsWith('@') ? 2 : 1).join('/');
  expect([...packages].map(nameOf).filter((name) => !known.includes(name))).toEqual([]);
  const bundled = dependenciesOf(files, 'src/package.json');
  expect(bundled.filter((name) => name !== 'esbuild' && ![...packages].map(nameOf).includes(name))).toEqual([]);
});
