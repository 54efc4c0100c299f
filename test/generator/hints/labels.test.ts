import fc from 'fast-check';
import { readFileSync } from 'node:fs';
import { parsePythonNames } from '../../../generator/hints/label-values.ts';
import { numberedLabels, parseLabels, readLabels } from '../../../generator/hints/labels.ts';
import { Folder } from '../../models/files.ts';
import { repository } from '../../models/places.ts';

const folder = new Folder();
afterAll(() => folder.dispose());

const PETS = ['cat', 'dog', 'red fox'];

test.each([
  ['a name a line', 'labels.txt', 'cat\ndog\nred fox\n'],
  ['without the last line end', 'labels.txt', 'cat\ndog\nred fox'],
  ["Windows' line ends and a byte order mark", 'labels.txt', '\uFEFFcat\r\ndog\r\nred fox\r\n\r\n'],
  ['spaces around', 'labels.txt', '  cat \n\tdog\nred fox  \n'],
  ['ImageNet ids', 'synset.txt', 'n02121808 cat\nn02084071 dog\nn02119022 red fox\n'],
  ['indices', 'labels.txt', '0 cat\n1 dog\n2 red fox\n'],
  ['indices and colons, in any order', 'labels.txt', '2: red fox\n0: cat\n1: dog\n'],
  ['a JSON list', 'labels.json', '["cat", "dog", "red fox"]'],
  ['a JSON map from index', 'labels.json', '{"2": "red fox", "0": "cat", "1": "dog"}'],
  ['a JSON map to index', 'labels.json', '{"cat": 0, "red fox": 2, "dog": 1}'],
  ["ImageNet's class index", 'i.json', '{"0": ["n02121808", "cat"], "1": ["n02084071", "dog"], "2": ["n0", "red fox"]}'],
  ['JSON objects', 'labels.json', '[{"id": 0, "name": "cat"}, {"id": 1, "name": "dog"}, {"id": 2, "label": "red fox"}]'],
  ['a config with id2label', 'config.json', '{"model_type": "vit", "id2label": {"0": "cat", "1": "dog", "2": "red fox"}}'],
  ['only label2id', 'config.json', '{"label2id": {"dog": 1, "cat": 0, "red fox": 2}}'],
  ['YAML', 'data.yaml', 'nc: 3\nnames:\n  0: cat\n  1: dog\n  2: red fox\n'],
  ['YAML with a list', 'data.yml', 'names: [cat, dog, red fox]\n'],
  ['what Python prints', 'labels.txt', "{0: 'cat', 1: \"dog\", 2: 'red fox'}"],
  ['CSV with a header', 'labels.csv', 'id,name\n0,cat\n1,dog\n2,red fox\n'],
  ['CSV in any order', 'labels.csv', 'class_name;index\n"red fox";2\ncat;0\ndog;1\n'],
  ['CSV without a header', 'labels.csv', '0,cat\n1,dog\n2,red fox\n'],
  ['CSV of one column', 'labels.csv', 'label\ncat\ndog\nred fox\n'],
  ['a table in a text file', 'labels.txt', 'index\tlabel\n0\tcat\n1\tdog\n2\tred fox\n'],
])('%s', async (_, name, text) => {
  expect(await readLabels(folder.file(name, text), 3)).toEqual(PETS);
}); // prettier-ignore

test('what only looks like more than a name stays as it is', () => {
  expect(parseLabels('0\n1\n2', 'labels.txt')).toEqual(['0', '1', '2']);
  expect(parseLabels('3 cats\n1 dog', 'labels.txt')).toEqual(['3 cats', '1 dog']);
  expect(parseLabels('tench, Tinca tinca\ngoldfish, Carassius auratus', 'l.txt')).toEqual([
    'tench, Tinca tinca',
    'goldfish, Carassius auratus',
  ]);
  expect(parseLabels('n01440764 tench, Tinca tinca\nn01443537 goldfish', 'l.txt')).toEqual([
    'tench, Tinca tinca',
    'goldfish',
  ]);
  expect(parseLabels('n01440764\nn01443537', 'l.txt')).toEqual(['n01440764', 'n01443537']);
  expect(parseLabels('"crane, bird",1\n"crane",0', 'l.csv')).not.toHaveLength(0);
  expect(parseLabels('kočka\n猫\n🐈', 'l.txt')).toEqual(['kočka', '猫', '🐈']);
});

test("the digits' own", async () => {
  const file = repository('fixtures/digits/labels.txt');
  expect(await readLabels(file, 10)).toEqual(readFileSync(file, 'utf8').trim().split('\n'));
});

test.each([
  ['nothing', 'a.txt', ''],
  ['spaces', 'a.txt', ' \n\n'],
  ['an empty line inside', 'a.txt', 'cat\n\nred fox'],
  ['a gap in the indices', 'a.json', '{"0": "cat", "2": "red fox", "3": "dog"}'],
  ['JSON without names', 'a.json', '{"a": {"b": 1}}'],
  ['a line end in a name', 'a.json', '["cat", "d\\nog", "red fox"]'],
  ['broken JSON', 'a.json', '["cat", '],
  ['bytes', 'a.txt', Buffer.from([0xff, 0xfe, 0x63, 0x00])],
  ['zeros', 'a.txt', Buffer.from([0x63, 0, 0x0a, 0x64])],
])('refused: %s', async (_, name, content) => {
  const file = folder.file(name, content);
  await expect(readLabels(file)).rejects.toMatchObject({ code: 'LABELS_INVALID', trouble: { where: file } });
});

test('a file that is not there', async () => {
  await expect(readLabels('/nowhere/labels.txt')).rejects.toMatchObject({ code: 'LABELS_INVALID' });
});

test('a wrong count is refused with both numbers', async () => {
  const file = folder.file('three.txt', PETS.join('\n'));
  for (const classes of [2, 4, 1000]) {
    await expect(readLabels(file, classes)).rejects.toMatchObject({
      code: 'LABELS_INVALID',
      trouble: { what: expect.stringMatching(new RegExp(`\\b3\\b.*\\b${classes}\\b`)) as string },
    });
  }
});

describe('laws', () => {
  const name = fc
    .string({ unit: 'grapheme', minLength: 1, maxLength: 20 })
    .map((text) => text.trim())
    .filter((text) => text !== '' && !/[\p{Cc}\u2028\u2029\uFEFF]/u.test(text));
  const names = fc.array(name, { minLength: 1, maxLength: 30 });

  test('JSON lists and maps come back as they were', () => {
    fc.assert(
      fc.property(names, (list) => {
        expect(parseLabels(JSON.stringify(list), 'l.json')).toEqual(list);
        expect(parseLabels(JSON.stringify({ ...list }), 'l.json')).toEqual(list);
      }),
    );
  });

  test('lines of words come back as they were', () => {
    const word = fc.stringMatching(/^[A-Za-zäöüß][A-Za-z äöüß_'-]*$/).map((text) => text.trim());
    fc.assert(
      fc.property(fc.array(word, { minLength: 1, maxLength: 30 }), (list) => {
        expect(parseLabels(`${list.join('\n')}\n`, 'l.txt')).toEqual(list);
      }),
    );
  });

  test("Python's way of printing comes back as it was", () => {
    const quote = (text: string): string => `'${text.replace(/[\\']/g, '\\$&')}'`;
    fc.assert(
      fc.property(names, (list) => {
        expect(parsePythonNames(`{${list.map((one, i) => `${i}: ${quote(one)}`).join(', ')}}`)).toEqual(list);
        expect(parsePythonNames(`[${list.map(quote).join(', ')}]`)).toEqual(list);
      }),
    );
  });
});

test('without names classes are numbered', () => {
  expect(numberedLabels(3)).toEqual(['class_0', 'class_1', 'class_2']);
});
