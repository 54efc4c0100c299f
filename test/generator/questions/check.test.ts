import fc from 'fast-check';
import type { Context, ModelHints } from '../../../generator/questions/context.ts';
import { nameExpectation, nameFromFolder } from '../../../generator/questions/names.ts';
import { check, type AnswerName, type Question } from '../../../generator/questions/question.ts';
import { ANSWER_NAMES, questions } from '../../../generator/questions/table.ts';

const before: Context = { answers: {}, cwd: '/home/me', packageManager: 'npm' };
const hints: ModelHints = {
  modelName: 'm',
  modelVersion: undefined,
  classes: 4,
  hasLabels: false,
  picture: {
    fixed: { size: [28, 28], layout: 'NCHW', channels: 1, bytes: false },
    preprocessing: {},
    likely: undefined,
  },
  tasks: ['image-classification', 'tensor'],
  memory: 1769,
  tooLarge: { arm64: undefined, x86_64: undefined },
  does: 'Image classification',
  scores: undefined,
};
const after: Context = { ...before, hints };

const verdict = (name: AnswerName, text: string, context = before): unknown =>
  check(questions[name] as Question<unknown>, text, context);
const refused = { expected: expect.any(String) as string };

describe('names that could be taken for something else', () => {
  // prettier-ignore
  test.each([
    ';rm', '$(id)', '../x', '-rf', 'a\nb', 'a'.repeat(129), 'a'.repeat(41), '', ' ', 'A', '1a', 'a--b', 'a-', 'ä', 'a b', 'a/b', 'a\0',
  ])('%j is refused', (name) => expect(verdict('name', name)).toEqual(refused));

  test.each(['a', 'digits', 'my-api-2', 'a'.repeat(40)])('%j is taken', (name) =>
    expect(verdict('name', name)).toEqual({ value: name }),
  );

  test.each([';rm', '$(id)', '-rf', 'a\nb', 'a'.repeat(129), 'a`id`', '', 'x/a|b'])('%j is no folder', (dir) =>
    expect(verdict('dir', dir)).toEqual(refused),
  );
  test.each(['my api', '../x', '/tmp/deep/er', '.', "it's (2)"])('%j is a folder', (dir) =>
    expect(verdict('dir', dir)).toEqual({ value: dir }),
  );

  test('law: the name made from any folder is a valid one', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (dir) => nameExpectation(nameFromFolder(dir)) === undefined));
    fc.assert(fc.property(fc.stringMatching(/^[a-z][a-z0-9]{0,39}$/), (name) => nameFromFolder(`/x/${name}`) === name));
  });

  test.each([
    ['/tmp/My API (2)', 'my-api-2'],
    ['/tmp/Größe', 'gro-e'],
    ['/tmp/42', 'onnx-api'],
    ['/', 'onnx-api'],
    [`/${'long-'.repeat(20)}`, 'long-long-long-long-long-long-long-long'],
  ])('%j becomes %j', (dir, name) => expect(nameFromFolder(dir)).toBe(name));
});

describe.each([
  ['timeout', ['1', '29', '900'], ['0', '901', '-1', '1.5', 'abc', '', '1e400', 'NaN', 'Infinity', '29s']],
  ['memory', ['128', '1769', '10240'], ['127', '10241', '1769MB', '']],
  ['megapixels', ['24', '0.5'], ['0', '-1', '201']],
  ['fill', ['0', '255'], ['-1', '256', '1.5']],
  ['rescaleFactor', ['1/255', '0.00392156862745098', '1', '2e-3'], ['1/0', 'x', '', '1/']],
  ['mean', ['0.485,0.456,0.406', '0', '-1, 2'], ['', 'a,b', '1,,2', '1;2']],
  ['std', ['1', '0.229,0.224,0.225'], ['0', '1,0,1', '']],
  ['size', ['224', '320x240', '1'], ['0', '-5', '1x', '99999', '1.5', 'x']],
  ['resize', ['crop', 'stretch', 'pad'], ['squash', '', 'Crop', 'constructor']],
  ['architecture', ['arm64', 'x86_64'], ['x64', 'arm']],
  ['authProd', ['iam', 'api-key', 'none'], ['open', '']],
  ['accountDev', ['123456789012'], ['12345678901', '1234567890123', 'abc', '']],
  ['regionProd', ['eu-central-1', 'us-gov-west-1'], ['europe', 'eu-central', '', 'eu-central-1;id']],
  ['git', ['yes', 'no', 'Y'], ['', 'maybe']],
  ['description', ['`: # !Sub ${}`', ': # !Sub ${}'], ['', 'a\nb', 'a'.repeat(257), '\u001b[31m']],
  ['packageManager', ['npm', 'pnpm', 'yarn'], ['bun', '']],
] as const)('%s', (name, good, bad) => {
  test.each(good)('%j is taken', (text) => expect(verdict(name, text)).toHaveProperty('value'));
  test.each(bad)('%j is refused', (text) => expect(verdict(name, text)).toEqual(refused));
});

test.each([
  ['size', '224'],
  ['colorOrder', 'RGB'],
  ['layout', 'NHWC'],
  ['mean', '1,2,3'],
  ['top', '5'],
] as const)('%s %j contradicts a graph of 1×28×28 with 4 classes', (name, text) => {
  expect(verdict(name, text)).toHaveProperty('value');
  expect(verdict(name, text, after)).toEqual(refused);
});

test('law: what is printed as the default is taken back as the same value', () => {
  for (const context of [before, after])
    for (const name of ANSWER_NAMES) {
      const question = questions[name] as Question<unknown>;
      const value = question.fallback(context);
      if (value === undefined || (Array.isArray(value) && value.length === 0)) continue;
      expect([name, check(question, question.print(value), context)]).toEqual([name, { value }]);
    }
});

test('law: numbers survive printing', () => {
  const number = fc.double({ min: -1e6, max: 1e6, noNaN: true }).filter((value) => !Object.is(value, -0));
  fc.assert(
    fc.property(fc.array(number, { minLength: 1, maxLength: 3 }), (values) => {
      expect(check(questions.mean, questions.mean.print(values), before)).toEqual({ value: values });
    }),
  );
});

test('law: paths survive printing, commas included', () => {
  const path = fc.stringMatching(/^[a-z,./ ]*[a-z]$/).map((text) => text.trim());
  fc.assert(
    fc.property(fc.array(path, { minLength: 1 }), (paths) => {
      expect(check(questions.pictures, questions.pictures.print(paths), before)).toEqual({ value: paths });
    }),
  );
});
