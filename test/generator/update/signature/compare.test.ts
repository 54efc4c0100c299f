import type { Blueprint } from '../../../../generator/blueprint.ts';
import { compareSignatures } from '../../../../generator/update/signature/compare.ts';
import { digits, variants, withAuth } from '../../template/blueprints.ts';

type Tensor = Blueprint['model']['inputs'][number];
const names = ['zero', 'one', 'two'];

/** `breaking at: what` of each change. */
function changes(now: Blueprint, labels: readonly string[] = names, old: Blueprint = digits): string[] {
  return compareSignatures({ blueprint: old, labels: names }, { blueprint: now, labels }).map(
    ({ kind, at, what }) => `${kind} ${at}: ${what}`,
  );
}

const withModel = (model: Partial<Blueprint['model']>): Blueprint => ({
  ...digits,
  model: { ...digits.model, ...model },
});
const tensor = (name: string, dims: Tensor['dims'], more: Partial<Tensor> = {}): Tensor => ({
  name,
  elementType: 'float32',
  dims,
  ...more,
});
const input = tensor('input', ['N', 1, 32, 32]);
const output = tensor('logits', ['N', 10]);

test.each(Object.entries(variants))('%s: nothing changes where nothing changed', (_, blueprint) => {
  expect(changes(blueprint, names, blueprint)).toEqual([]);
});

describe('inputs', () => {
  test.each<[string, readonly Tensor[], string[]]>([
    ['another one', [input, tensor('mask', [1])], ['breaking input mask: added']],
    ['another name', [{ ...input, name: 'x' }], ['breaking input input: removed', 'breaking input x: added']],
    ['another type', [{ ...input, elementType: 'int64' }], ['breaking input input: float32 → int64']],
    ['a type that is cast', [{ ...input, declaredType: 'float16' }], ['breaking input input: float32 → float16']],
    ['another size', [tensor('input', ['N', 1, 64, 32])], ['breaking input input, dim 2: 32 → 64']],
    [
      'an open size',
      [tensor('input', ['N', 1, 'H', null])],
      ['compatible input input, dim 2: 32 → any', 'compatible input input, dim 3: 32 → any'],
    ],
    ['a fixed size', [tensor('input', [8, 1, 32, 32])], ['breaking input input, dim 0: any → 8']],
    ['another name of a size', [tensor('input', ['batch', 1, 32, 32])], []],
    ['another rank', [tensor('input', [1, 32])], ['breaking input input: [N, 1, 32, 32] → [1, 32]']],
  ])('%s', (_, inputs, expected) => {
    expect(changes(withModel({ inputs: [...inputs] }))).toEqual(expected);
  });
});

describe('outputs', () => {
  test.each<[string, readonly Tensor[], string[]]>([
    ['another one', [output, tensor('features', ['N', 64])], ['compatible output features: added']],
    ['another name', [{ ...output, name: 'y' }], ['breaking output logits: removed', 'compatible output y: added']],
    ['another type', [{ ...output, elementType: 'float64' }], ['breaking output logits: float32 → float64']],
    ['another size', [tensor('logits', ['N', 11])], ['breaking output logits, dim 1: 10 → 11']],
    ['an open size', [tensor('logits', ['N', null])], ['breaking output logits, dim 1: 10 → any']],
    ['a fixed size', [tensor('logits', [1, 10])], ['compatible output logits, dim 0: any → 1']],
  ])('%s', (_, outputs, expected) => {
    expect(changes(withModel({ outputs: [...outputs] }))).toEqual(expected);
  });
});

test('tensors that no client sees do not count', () => {
  const closed = { ...digits, protocol: false };
  const now = { ...closed, model: { ...closed.model, name: 'other', inputs: [tensor('x', [1])] } };
  expect(changes(now, names, closed)).toEqual([]);
});

describe('classes', () => {
  test.each([
    [['zero', 'one', 'two', 'three'], ['compatible classes: with three too']],
    [['zero', 'one'], ['breaking classes: without two']],
    [
      ['zero', 'one', 'deux'],
      ['breaking classes: without two', 'compatible classes: with deux too'],
    ],
    [['one', 'zero', 'two'], ['breaking classes: in another order: zero, one']],
  ])('%j', (labels, expected) => {
    expect(changes(digits, labels)).toEqual(expected);
  });

  test('their order does not matter to who asks for names only', () => {
    const closed = { ...digits, protocol: false };
    expect(changes(closed, ['one', 'zero', 'two'], closed)).toEqual([]);
  });
});

describe('the service', () => {
  test.each<[string, Blueprint, string[]]>([
    ['another project name', { ...digits, name: 'numbers' }, ['breaking name of the project: digits → numbers']],
    ['another model name', withModel({ name: 'mnist' }), ['breaking name of the model: digits → mnist']],
    ['another model version', withModel({ version: '2' }), []],
    ['no protocol', { ...digits, protocol: false }, ['breaking Open Inference Protocol: off']],
    [
      'no task',
      { ...digits, task: { kind: 'tensor' } },
      ['breaking POST /predict: removed (image-classification → tensor)'],
    ],
    [
      'smaller pictures',
      { ...digits, function: { ...digits.function, megapixels: 1 } },
      ['breaking largest picture: 24 → 1 megapixels'],
    ],
    [
      'larger pictures',
      { ...digits, function: { ...digits.function, megapixels: 48 } },
      ['compatible largest picture: 24 → 48 megapixels'],
    ],
    ['an API key', withAuth('iam', 'iam', 'api-key'), ['breaking auth of prod: iam → api-key']],
    ['open to anybody', withAuth('none', 'iam', 'iam'), ['compatible auth of dev: iam → none']],
    [
      'fewer classes',
      { ...digits, task: { ...digits.task, classes: 3 } },
      ['breaking POST /predict: request.top: {type:integer,minimum:1,maximum:10} → {type:integer,minimum:1,maximum:3}'],
    ],
    [
      'memory and other things of the inside',
      { ...digits, function: { ...digits.function, memory: 128, architecture: 'x86_64' } },
      [],
    ],
  ])('%s', (_, now, expected) => {
    expect(changes(now)).toEqual(expected);
  });

  test('more than there was', () => {
    const tensorOnly: Blueprint = { ...digits, task: { kind: 'tensor' } };
    expect(changes(digits, names, tensorOnly)).toEqual([
      'compatible POST /predict: added (tensor → image-classification)',
    ]);
    expect(changes(digits, names, { ...digits, protocol: false })).toEqual(['compatible Open Inference Protocol: on']);
  });
});
