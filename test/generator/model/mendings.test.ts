import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { mendBytes, mendModel } from '../../../generator/model/mend.ts';
import { readModel } from '../../../generator/model/read.ts';
import { MENDING_KINDS, type MendingKind, type ModelSpec } from '../../../generator/model/spec.ts';
import { MENDINGS } from '../../../generator/model/mendings/table.ts';
import { bytesOf, Folder } from '../../models/files.ts';
import { LOCALES, MENDABLE, normalizer, ZIPPED } from '../../models/mendable.ts';
import { here } from '../../models/places.ts';
import { runModels, type Answer } from '../../models/run.ts';
import { modelBytes } from '../../models/proto.ts';

// The mended copies answer in Node as the originals do in Python's onnxruntime (mendable-golden.json). To make that anew:
//   WRITE_MENDABLE=/tmp/mendable node scripts/test.mjs test/generator/model/mendings
//   python3 test/generator/model/mendable_golden.py /tmp/mendable > test/generator/model/mendable-golden.json
const write = process.env['WRITE_MENDABLE'];

/** What Python makes of a value: a tensor, a list, or a dictionary. */
type Said =
  | { readonly dims: readonly number[]; readonly data: readonly (number | string | boolean)[] }
  | { readonly sequence: readonly Said[] }
  | { readonly map: readonly (readonly [string, number])[] };
interface Golden {
  readonly sha256: string;
  readonly outputs: Readonly<Record<string, Said>>;
}

const golden = JSON.parse(readFileSync(here('mendable-golden.json', import.meta.url), 'utf8')) as Record<
  string,
  Golden
>;
const folder = new Folder();
const specs = new Map<string, ModelSpec>();
const answers = new Map<string, Answer>();
afterAll(() => folder.dispose());

beforeAll(async () => {
  const list = [];
  for (const { name, model, feeds } of MENDABLE) {
    const spec = await readModel(folder.model(`${name}.onnx`, model));
    specs.set(name, spec);
    list.push({ file: folder.file(`${name}-mended.onnx`, bytesOf(await mendModel(spec))), feeds });
    if (!write) continue;
    mkdirSync(write, { recursive: true });
    writeFileSync(join(write, `${name}.onnx`), modelBytes(model));
    writeFileSync(join(write, `${name}.json`), JSON.stringify(feeds));
  }
  for (const [i, answer] of (await runModels(list, folder)).entries()) answers.set(MENDABLE[i]?.name ?? '', answer);
});

const kindsOf = (name: string): MendingKind[] => [...new Set(specs.get(name)?.mendings.map(({ kind }) => kind))];

test('every kind has a module, and only one', () => {
  expect(MENDINGS.flatMap(({ kinds }) => kinds).toSorted()).toEqual(MENDING_KINDS.toSorted());
});

test.each(MENDABLE)('$name: mended once, a second time finds nothing', async ({ name, model }) => {
  const bytes = modelBytes(model);
  const once = mendBytes(bytes);
  expect(Buffer.compare(mendBytes(once), once)).toBe(0);
  const after = await readModel(folder.file('after.onnx', once));
  expect(after.mendings).toEqual([]);
  const { inputs, outputs, otherValues, unknownRank } = after;
  expect(specs.get(name)?.served).toMatchObject({ inputs, outputs, otherValues, unknownRank });
  // Another model than the golden answers were made with: make them anew.
  if (!write) expect(golden[name]?.sha256).toBe(createHash('sha256').update(bytes).digest('hex'));
});

test.each(ZIPPED)('$name: scores by class name are what the dictionaries were', ({ name }) => {
  expect(kindsOf(name)).toEqual(['zipmap']);
  const { output_label: label, output_probability: scores } = answers.get(name) as Answer;
  const { outputs } = golden[name] as Golden;
  const names = specs.get(name)?.classNames['output_probability'] ?? [];
  expect(label?.data).toEqual((outputs['output_label'] as { data: unknown }).data);
  expect(scores?.dims).toEqual([5, names.length]);
  const dictionaries = (outputs['output_probability'] as { sequence: { map: [string, number][] }[] }).sequence;
  const rows = dictionaries.map((_, row) =>
    names.map((word, i) => [word, expect.closeTo(Number(scores?.data[row * names.length + i]), 5) as number]),
  );
  expect(dictionaries.map(({ map }) => map.toSorted())).toEqual(rows.map((row) => row.toSorted()));
});

const tensorsOf = (name: string) => {
  const outputs = Object.entries((golden[name] as Golden).outputs);
  return Object.fromEntries(outputs.map(([output, said]) => [output, said as { dims: number[]; data: unknown[] }]));
};

test.each(LOCALES)('$name: letters of all languages change case as in the locale that is missing', ({ name }) => {
  expect(kindsOf(name)).toEqual(['locale']);
  expect(answers.get(name)).toMatchObject(tensorsOf(name));
});

test.each([
  ['nothing is changed or compared', { locale: 'tr_TR' }],
  ['letters are compared as they are', { locale: 'tr_TR', stopwords: ['a'], is_case_sensitive: 1 }],
  ['the locale is there', { locale: 'C', case_change_action: 'LOWER' }],
])('%s: the locale stays', async (_, attributes) => {
  expect((await readModel(folder.model('stays.onnx', normalizer(attributes)))).mendings).toEqual([]);
});

test('Turkish is told that its i is not its own', async () => {
  const turkish = normalizer({ locale: 'tr_TR.UTF-8', case_change_action: 'LOWER' });
  const { mendings } = await readModel(folder.model('turkish.onnx', turkish));
  expect(mendings[0]?.why).toContain('dotless');
});
