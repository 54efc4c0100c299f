import { execFile } from 'node:child_process';
import { mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import prettier from 'prettier';
import { packageFile } from '../../generator/package-files.ts';
import { client } from '../../generator/render/client.ts';
import { clientExample } from '../../swagger/client/example.ts';
import { Folder } from '../models/files.ts';
import { CASES } from './client-cases.ts';

const folder = new Folder();
afterAll(() => folder.dispose());

const cases = Object.entries(CASES);

/** Where one may use it: a web page without Node's types, and a Node project without the web's. */
const PLACES = {
  browser: { lib: ['ES2022', 'DOM'], types: [] },
  node: { lib: ['ES2023'], types: ['node'] },
};

/** What uses of a client import besides `createClient`, by how they name it. */
const NAMES = { 'new ServiceError': 'ServiceError', ': InferInputs': 'type InferInputs', ': Row': 'type Row' };

let compiled = 0;

/** Compiles every client with what is written with it; tsc's complaints, none where all is right. */
async function compile(place: keyof typeof PLACES, change: (uses: string) => string = (uses) => uses): Promise<string> {
  const root = join(folder.path, `${place}-${compiled++}`);
  mkdirSync(root);
  const file = (name: string, text: string): string =>
    folder.file(join(root, name).slice(folder.path.length + 1), text);
  file('package.json', '{ "type": "module" }');
  symlinkSync(packageFile('node_modules'), join(root, 'node_modules'), 'junction');
  const strict = { strict: true, noUncheckedIndexedAccess: true, exactOptionalPropertyTypes: true, noEmit: true };
  const module = { target: 'ES2022', module: 'nodenext', verbatimModuleSyntax: true, allowImportingTsExtensions: true };
  const own = { noUnusedParameters: true, erasableSyntaxOnly: true, noPropertyAccessFromIndexSignature: true };
  const options = { ...strict, ...module, ...own, ...PLACES[place], rootDir: '.' };
  file('tsconfig.json', JSON.stringify({ compilerOptions: options }));
  cases.forEach(([, { blueprint, predict, uses }], i) => {
    file(`client-${i}.ts`, client(blueprint, predict));
    const imports = Object.entries(NAMES).flatMap(([used, name]) => (uses.includes(used) ? [`, ${name}`] : []));
    const start = (names: string): string =>
      `import { createClient${names} } from './client-${i}.ts';\nconst client = createClient({ baseUrl: '' });\n`;
    file(`uses-${i}.ts`, start(imports.join('')) + change(uses));
    const { call } = clientExample(blueprint, predict, undefined);
    file(`example-${i}.ts`, `${start('')}export const answer = await ${call};\n`);
  });
  return promisify(execFile)(process.execPath, [packageFile('node_modules/typescript/bin/tsc'), '-p', root]).then(
    () => '',
    (error: unknown) => (error as { stdout: string }).stdout,
  );
}

test.each(['browser', 'node'] as const)('%s: what fits compiles, what does not fit does not', async (place) => {
  expect(await compile(place)).toBe('');
});

test('each wrong line is an error of its own, so that one more or less would be found', async () => {
  const wrong = cases.flatMap(([, { uses }]) => uses.match(/@ts-expect-error/g) ?? []).length;
  const complaints = await compile('browser', (uses) => uses.replaceAll('@ts-expect-error', ''));
  const lines = new Set(complaints.match(/^\S*uses-\d+\.ts\(\d+/gm));
  expect(lines.size).toBe(wrong);
  expect(complaints).not.toMatch(/(client|example)-\d+\.ts\(/);
});

// Prettier unquotes what older tools take for no identifier.
test.each(cases.filter(([name]) => name !== 'odd names'))(
  '%s: it is laid out as Prettier would',
  async (_, { blueprint, predict }) => {
    const source = client(blueprint, predict);
    expect(await prettier.format(source, { parser: 'typescript', printWidth: 120, singleQuote: true })).toBe(source);
  },
);

test('it imports nothing, and has no part that it does not need', () => {
  const sources = new Map(cases.map(([name, { blueprint, predict }]) => [name, client(blueprint, predict)]));
  expect([...sources.values()].join('')).not.toMatch(/^import |\brequire\(/m);
  expect(sources.get('no protocol')).not.toMatch(/Float32Array|\binfer\b/);
  expect(sources.get('several tensors')).not.toMatch(/\bBytes\b|base64/);
});
