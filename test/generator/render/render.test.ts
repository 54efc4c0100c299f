import fc from 'fast-check';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inflateSync } from 'node:zlib';
import type { Blueprint } from '../../../generator/blueprint.ts';
import { planProject } from '../../../generator/create.ts';
import { costs } from '../../../generator/render/costs.ts';
import { contentTypeOf } from '../../../generator/pictures/content-types.ts';
import { events } from '../../../generator/render/events.ts';
import type { Sample } from '../../../generator/render/fixtures.ts';
import { handlerOf } from '../../../generator/tasks/table.ts';
import { packageManagerFiles } from '../../../generator/render/package-manager-files.ts';
import { readme } from '../../../generator/render/readme.ts';
import { samplePictures } from '../../../generator/pictures/sample-pictures.ts';
import { templateFiles, templateOverrides } from '../../../generator/render/template-files.ts';
import { toolAt } from '../../../generator/render/tool.ts';
import { bytes, type FileEntry, type FileMap } from '../../../generator/write/file-map.ts';
import { parseYaml } from '../../../generator/yaml.ts';
import { digits } from '../template/blueprints.ts';

const blueprint = {
  ...digits,
  description: ': # !Sub ${}',
  model: {
    ...digits.model,
    bytes: 3,
    outputs: [{ name: 'logits', elementType: 'float32', dims: ['N', 2] }],
  },
  task: { ...digits.task, classes: 2, top: 2 },
  function: { ...digits.function, memory: 1769 },
} satisfies Blueprint;
const sample: Sample = {
  file: 'a.JPG',
  path: '/predict',
  contentType: 'image/jpeg',
  body: Uint8Array.of(0xff, 0xd8),
  event: { image: '/9g=', top: 2 },
};
const plan = (more: Partial<Blueprint> = {}) =>
  planProject({
    blueprint: { ...blueprint, ...more },
    tool: { version: '0.1.0', dependency: '^0.1.0' },
    model: { 'model.onnx': bytes(Uint8Array.of(1, 2, 3)), 'weights/a.bin': bytes(Uint8Array.of(4)) },
    labels: ['one', 'two words'],
    fixtures: [
      {
        file: 'a.png',
        entry: bytes(Uint8Array.of(5)),
        path: '/predict',
        response: { predictions: [{ className: 'one', probability: 1 }] },
      },
    ],
    sample,
  });
const textOf = (entry: FileEntry | undefined): string =>
  entry?.kind === 'text' || entry?.kind === 'script' ? entry.text : '';

test('the plan is pure: the same parts make the same files, in order', () => {
  expect(plan()).toEqual(plan());
  const paths = Object.keys(plan());
  expect(paths).toEqual(paths.toSorted());
  expect(paths).toEqual(expect.arrayContaining(['model/weights/a.bin', 'src/model.ts', 'runtime/.npmrc']));
});

test('law: any description comes back from onnx-lambda.yaml and package.json as the same text', () => {
  const description = fc.string({ minLength: 1, maxLength: 60 }).map((any) => any.replace(/\p{C}/gu, ' '));
  fc.assert(
    fc.property(description, (given) => {
      const files = plan({ description: given });
      expect(parseYaml(textOf(files['onnx-lambda.yaml']), 'x')).toMatchObject({ description: given });
      expect(JSON.parse(textOf(files['package.json']))).toMatchObject({ description: given });
    }),
    { numRuns: 25 },
  );
});

test('what needs a template file is copied byte for byte, what npm would drop is written', () => {
  const copied = Object.keys(templateFiles(handlerOf(digits.task)));
  expect(copied).toEqual(expect.arrayContaining(['src/handler.ts', 'src/package.json', 'runtime/package.json']));
  expect(copied.filter((path) => /node_modules|npmrc|gitignore|model\.ts|^test\/|^package/.test(path))).toEqual([]);
});

test('the function has the packages that its task imports, in package.json and in its lock', () => {
  const parts = handlerOf(digits.task);
  const packagesOf = (handler: typeof parts): string[][] => {
    const files = templateFiles(handler);
    const { dependencies } = JSON.parse(textOf(files['src/package.json'])) as { dependencies: object };
    const { packages } = JSON.parse(textOf(files['src/package-lock.json'])) as {
      packages: Record<string, { dependencies?: object }>;
    };
    const locked = Object.keys(dependencies).filter((name) => packages[`node_modules/${name}`]);
    return [Object.keys(dependencies), Object.keys(packages['']?.dependencies ?? {}), locked];
  };
  const common = packagesOf(parts);
  expect(common).toEqual([common[0], common[0], common[0]]);
  expect(common[0]).toContain('esbuild');
  const more = packagesOf({ ...parts, function: ['@huggingface/tokenizers'] });
  expect(more).toEqual(common.map((names) => expect.arrayContaining([...names, '@huggingface/tokenizers'])));
  expect(common[0]).not.toContain('@huggingface/tokenizers');
});

test('labels are one a line, expected answers with where they are asked for', () => {
  const files = plan();
  expect(textOf(files['model/labels.txt'])).toBe('one\ntwo words\n');
  expect(JSON.parse(textOf(files['fixtures/expected.json']))).toEqual({
    version: 2,
    tolerance: { absolute: 0.001, relative: 0.001 },
    fixtures: { 'a.png': { path: '/predict', response: { predictions: [{ className: 'one', probability: 1 }] } } },
  });
});

test.each([
  ['npm', (files: FileMap) => (JSON.parse(textOf(files['package.json'])) as { overrides?: unknown }).overrides],
  ['yarn', (files: FileMap) => (JSON.parse(textOf(files['package.json'])) as { resolutions?: unknown }).resolutions],
  [
    'pnpm',
    (files: FileMap) => (parseYaml(textOf(files['pnpm-workspace.yaml']), 'x') as { overrides?: unknown }).overrides,
  ],
] as const)('%s is told the versions that this tool is held at', (packageManager, overridesIn) => {
  expect(overridesIn(plan({ packageManager })) ?? {}).toEqual(templateOverrides());
});

test.each([
  ['arm64', 'cpu=arm64'],
  ['x86_64', 'cpu=x64'],
] as const)('the runtime layer for %s is installed for Lambda, whatever the host', (architecture, cpu) => {
  const files = packageManagerFiles({ ...blueprint, function: { ...blueprint.function, architecture } }, {});
  expect(textOf(files['runtime/.npmrc']).split('\n')).toEqual(
    expect.arrayContaining(['os=linux', cpu, 'libc=glibc', 'onnxruntime-node-install=skip']),
  );
});

describe('events', () => {
  const files = events(blueprint, sample);
  const event = (path: string): unknown => JSON.parse(textOf(files[path]));
  test('a direct invoke', () => expect(event('events/predict.json')).toEqual({ image: '/9g=', top: 2 }));
  test('a picture through the API', () =>
    expect(event('events/api-predict.json')).toMatchObject({
      httpMethod: 'POST',
      path: '/predict',
      headers: { 'Content-Type': 'image/jpeg' },
      multiValueHeaders: { 'Content-Type': ['image/jpeg'] },
      body: '/9g=',
      isBase64Encoded: true,
    }));
  test('health', () =>
    expect(event('events/api-health.json')).toMatchObject({ httpMethod: 'GET', path: '/health', body: null }));
  test('content types', () =>
    expect(['a.jpeg', 'a.png', 'a.webp', 'a.gif'].map(contentTypeOf)).toEqual([
      'image/jpeg', 'image/png', 'image/webp', 'application/octet-stream',
    ])); // prettier-ignore
});

describe('the dependency on this tool', () => {
  let root: string;
  beforeEach(() => (root = mkdtempSync(join(tmpdir(), 'tool '))));
  afterEach(() => rmSync(root, { recursive: true, force: true }));
  const put = (folder: string, ...files: string[]): string => {
    mkdirSync(join(root, folder), { recursive: true });
    for (const file of files) writeFileSync(join(root, folder, file), '{"version":"1.2.3"}');
    return join(root, folder, 'package.json');
  };
  test('of an installed package is its version', () =>
    expect(toolAt(put('node_modules/create-onnx-lambda', 'package.json')).dependency).toBe('^1.2.3'));
  test('of a checkout is its folder', () =>
    expect(toolAt(put('tool', 'package.json', 'tsconfig.json')).dependency).toBe(`file:${join(root, 'tool')}`));
  test('of a package with a tsconfig in node_modules is its version', () =>
    expect(toolAt(put('node_modules/x', 'package.json', 'tsconfig.json')).dependency).toBe('^1.2.3'));
  test('of a global installation is its version', () =>
    expect(toolAt(put('lib', 'package.json')).dependency).toBe('^1.2.3'));
});

test('README: a description can’t start a heading or a link, a file name is quoted for the shell', () => {
  const shown = readme({ ...blueprint, description: '# [x](javascript:1)' }, { ...sample, file: "it's.png" });
  expect(shown).toContain('\\# \\[x\\]\\(javascript\\:1\\)');
  expect(shown).toContain("fixtures/'it'\\''s.png'");
});

const costOf = (memory: number, architecture: 'arm64' | 'x86_64', triggers: Blueprint['triggers'] = []): string =>
  costs({ ...digits, function: { ...digits.function, memory, architecture }, triggers });

test('what a query costs by the way that it comes: a million of 1 GB for 100 ms are $1.33 and $0.20, and what brings them', () => {
  const text = costOf(1024, 'arm64', [
    { kind: 'rest-api' },
    { kind: 'kinesis' },
    { kind: 'schedule', at: 'rate(5 minutes)' },
  ]);
  expect(text).toContain('| direct | $0.0000015 | $1.53 |');
  expect(text).toContain('| rest-api | $0.0000050 | $5.03 |');
  expect(text).toContain('| kinesis | $0.0000017 | $1.65 |');
  expect(text).not.toContain('| schedule');
});

test('costs are those of the memory: 1 GB for 100 ms a million times is 100,000 GB-seconds', () => {
  expect(costOf(1024, 'x86_64')).toContain('$1.67 of computing');
  expect(costOf(2048, 'arm64')).toContain('$2.67 of computing');
});

test('what nobody calls over HTTP has nothing of HTTP: no document, no client, no words on it', () => {
  const silent = { ...blueprint, triggers: [{ kind: 'sns' as const }], outputs: [{ kind: 's3' as const, prefix: '' }] };
  const shown = readme(silent, sample);
  for (const word of ['curl', 'swagger', 'client.ts', 'schemathesis', 'who may call', '/health', 'start --port'])
    expect(shown).not.toContain(word);
  expect(shown).toContain('TopicArn');
  const files = Object.keys(plan(silent));
  for (const file of ['swagger.yaml', 'client.ts', 'schemathesis.toml']) expect(files).not.toContain(file);
});

test('sample pictures are PNGs, always the same, as large as is asked', () => {
  const pictures = samplePictures(224);
  const again = samplePictures(224);
  expect(Object.keys(pictures)).toHaveLength(3);
  for (const [file, picture] of Object.entries(pictures)) {
    const view = Buffer.from(picture);
    expect(view.equals(again[file] ?? new Uint8Array())).toBe(true);
    expect(view.readUInt32BE(16)).toBe(224);
    const length = view.readUInt32BE(33);
    const pixels = inflateSync(view.subarray(41, 41 + length));
    expect(pixels.length).toBe(224 * (1 + 3 * 224));
    expect(new Set(pixels).size).toBeGreaterThan(100);
  }
});
