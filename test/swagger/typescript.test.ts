import type { JsonSchema } from '../../swagger/schemas.ts';
import { interfaces, literal, propertyName, stringLiteral, typeOf } from '../../swagger/typescript.ts';

test.each([
  ['plain', `'plain'`],
  [`it's`, `"it's"`],
  [`both ' and "`, `'both \\' and "'`],
  ['line\nbreak', `'line\\nbreak'`],
  ['\u2028', `'\\u2028'`],
  ['back\\slash', `'back\\\\slash'`],
])('text %j is %s', (text, expected) => {
  expect(stringLiteral(text)).toBe(expected);
});

test.each([
  ['className', 'className'],
  ['class-name', `'class-name'`],
  ['1st', `'1st'`],
  ['', `''`],
  ['__proto__', `'__proto__'`],
])('name %j is %s', (name, expected) => {
  expect(propertyName(name)).toBe(expected);
});

test.each([
  [1e21, '1e21'],
  [-0, '-0'],
  [1e-7, '1e-7'],
  [[1, 'a', null, true], `[1, 'a', null, true]`],
  [{}, '{}'],
  [[], '[]'],
  [{ 'a b': [{ c: 1 }] }, `{ 'a b': [{ c: 1 }] }`],
])('value %j is %s', (value, expected) => {
  expect(literal(value)).toBe(expected);
});

test('numbers that do not fit are filled into lines', () => {
  const lines = literal(Array.from({ length: 60 }, (_, i) => i + 1000)).split('\n');
  expect(lines.length).toBe(6);
  expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(120);
});

test('text that does not fit goes to a line of its own, with nothing left behind', () => {
  const long = 'x'.repeat(120);
  expect(literal({ a: long, b: 1 })).toBe(`{\n  a:\n    '${long}',\n  b: 1,\n}`);
});

const text: JsonSchema = { type: 'string' };
const maybe: JsonSchema = { anyOf: [{ enum: [null] }, { type: 'number' }] };
const choice: JsonSchema = { type: 'string', enum: ['a', "b'"] };

test.each<[string, JsonSchema]>([
  ['string', text],
  [`'a' | "b'"`, choice],
  ['number', { type: 'integer' }],
  [`('a' | "b'")[]`, { type: 'array', maxItems: 1, items: choice }],
  ['(number | null)[]', { type: 'array', maxItems: 1, items: maybe }],
  ['(number | null)[][]', { type: 'array', maxItems: 1, items: { type: 'array', maxItems: 1, items: maybe } }],
  ['string | number', { anyOf: [text, { type: 'integer' }, { type: 'number' }] }],
  ['Record<string, number>', { type: 'object', additionalProperties: { type: 'number' }, properties: {} }],
  ['unknown', {}],
  [
    `{\n  'a-b'?: string;\n}`,
    { type: 'object', required: [], additionalProperties: false, properties: { 'a-b': text } },
  ],
])('%s', (expected, schema) => {
  expect(typeOf(schema)).toBe(expected);
});

test('a title becomes an interface once, before what uses it', () => {
  const inner = {
    title: 'Inner',
    type: 'object',
    required: ['x'],
    additionalProperties: false,
    properties: { x: text },
  } as const;
  const outer: JsonSchema = {
    title: 'Outer',
    description: 'Ends a comment: */',
    type: 'object',
    required: ['one'],
    additionalProperties: false,
    properties: { one: inner, many: { type: 'array', maxItems: 2, items: inner } },
  };
  expect(interfaces([outer, inner])).toBe(
    [
      'export interface Inner {\n  x: string;\n}\n',
      '/** Ends a comment: *\\/ */\nexport interface Outer {\n  one: Inner;\n  many?: Inner[];\n}\n',
    ].join('\n'),
  );
  expect(() => interfaces([outer, { ...inner, required: [] }])).toThrow('two schemas named Inner');
});

test('a list with a title becomes a type, after what it is made of', () => {
  const item = { title: 'Item', type: 'object', additionalProperties: false, properties: { x: text } } as const;
  const items = { title: 'Items', type: 'array', maxItems: 2, items: item } as const;
  expect(interfaces([items])).toBe('export interface Item {\n  x?: string;\n}\n\nexport type Items = Item[];\n');
  expect(typeOf(items)).toBe('Items');
});

test('alternatives with a title become a type, after what they are made of', () => {
  const one = { title: 'One', type: 'object', additionalProperties: false, properties: { x: text } } as const;
  const other = { ...one, title: 'Other' };
  expect(interfaces([{ title: 'Either', anyOf: [one, other] }])).toBe(
    [
      'export interface One {\n  x?: string;\n}\n',
      'export interface Other {\n  x?: string;\n}\n',
      'export type Either = One | Other;\n',
    ].join('\n'),
  );
  const long = ['A', 'B'].map((name) => ({ ...one, title: name.repeat(60) }));
  expect(interfaces([{ title: 'Either', anyOf: long }])).toContain(
    `export type Either =\n  | ${'A'.repeat(60)}\n  | ${'B'.repeat(60)};\n`,
  );
});
