import { Validator, type Schema } from '@cfworker/json-schema';
import fc from 'fast-check';
import { compareSchemas } from '../../../../generator/update/signature/compare-schemas.ts';
import { covers } from '../../../../generator/update/signature/covers.ts';
import type { JsonSchema, ObjectSchema } from '../../../../swagger/schemas.ts';

const key = fc.constantFrom('a', 'b');
const small = fc.option(fc.integer({ min: -2, max: 2 }), { nil: undefined });

const { schema } = fc.letrec<{ schema: JsonSchema }>((tie) => ({
  schema: fc.oneof(
    { maxDepth: 2 },
    fc
      .record({ type: fc.constantFrom('integer' as const, 'number' as const), minimum: small, maximum: small })
      .map(
        (of) => Object.fromEntries(Object.entries(of).filter(([, one]) => one !== undefined)) as unknown as JsonSchema,
      ),
    fc.constantFrom<JsonSchema>(
      { type: 'string' },
      { type: 'string', enum: ['x', 'y'] },
      { type: 'string', enum: ['x'] },
      { type: 'string', minLength: 1 },
      { type: 'boolean' },
      { enum: [null] },
      {},
    ),
    fc.record({
      type: fc.constant('array' as const),
      minItems: fc.nat(1),
      maxItems: fc.integer({ min: 1, max: 2 }),
      items: tie('schema'),
    }),
    fc.record({ anyOf: fc.array(tie('schema'), { minLength: 1, maxLength: 2 }) }),
    fc
      .record({
        type: fc.constant('object' as const),
        required: fc.uniqueArray(key),
        additionalProperties: fc.oneof(fc.boolean(), tie('schema')),
        properties: fc.dictionary(key, tie('schema')),
      })
      // Draft 4 has no empty list.
      .map(({ required, ...rest }): ObjectSchema => ({ ...rest, ...(required.length > 0 && { required }) })),
  ),
}));

const { value } = fc.letrec((tie) => ({
  value: fc.oneof(
    { maxDepth: 2 },
    fc.constantFrom<unknown>(-3, -1, 0, 0.5, 1, 3, '', 'x', 'y', 'z', true, null),
    fc.array(tie('value'), { maxLength: 3 }),
    fc.dictionary(fc.constantFrom('a', 'b', 'c'), tie('value')),
  ),
}));

const takes = (by: JsonSchema, what: unknown): boolean => new Validator(by as Schema, '4').validate(what).valid;

test('what covers a schema takes all that it takes', () => {
  fc.assert(
    fc.property(schema, schema, value, (wide, narrow, one) => {
      if (covers(wide, narrow) && takes(narrow, one)) expect(takes(wide, one)).toBe(true);
    }),
    { numRuns: 5000 },
  );
});

test('a schema covers itself, and does not differ from itself', () => {
  fc.assert(
    fc.property(schema, (one) => {
      expect(covers(one, one)).toBe(true);
      for (const side of ['request', 'answer'] as const) expect(compareSchemas(one, one, side, '')).toEqual([]);
    }),
  );
});

test('where no change breaks, every request that was taken is taken still', () => {
  fc.assert(
    fc.property(schema, schema, value, (old, now, request) => {
      const breaks = compareSchemas(old, now, 'request', '').some(({ kind }) => kind === 'breaking');
      if (!breaks && takes(old, request)) expect(takes(now, request)).toBe(true);
    }),
    { numRuns: 5000 },
  );
});

const body = (properties: ObjectSchema['properties'], required: readonly string[] = []): ObjectSchema => ({
  type: 'object',
  additionalProperties: false,
  properties,
  required,
});
const number: JsonSchema = { type: 'number' };

test.each<[string, ObjectSchema, ObjectSchema, 'request' | 'answer', string[]]>([
  ['a new field that must be sent', body({}), body({ a: number }, ['a']), 'request', ['breaking .a']],
  ['a new field that may be sent', body({}), body({ a: number }), 'request', ['compatible .a']],
  ['a field that goes', body({ a: number }), body({}), 'request', ['breaking .a']],
  ['a field that must be sent now', body({ a: number }), body({ a: number }, ['a']), 'request', ['breaking .a']],
  ['more that is taken', body({ a: { type: 'integer' } }), body({ a: number }), 'request', ['compatible .a']],
  ['less that is taken', body({ a: number }), body({ a: { type: 'integer' } }), 'request', ['breaking .a']],
  ['a new field that comes', body({}), body({ a: number }, ['a']), 'answer', ['compatible .a']],
  ['a field that does not come', body({ a: number }), body({}), 'answer', ['breaking .a']],
  ['a field that may be missing', body({ a: number }, ['a']), body({ a: number }), 'answer', ['breaking .a']],
  ['less that comes', body({ a: number }), body({ a: { type: 'integer' } }), 'answer', ['compatible .a']],
  ['more that comes', body({ a: { type: 'integer' } }), body({ a: number }), 'answer', ['breaking .a']],
  ['other words', body({ a: number }), body({ a: { ...number, description: 'Other.' } }), 'answer', []],
])('%s', (_, old, now, side, expected) => {
  expect(compareSchemas(old, now, side, '').map(({ kind, at }) => `${kind} ${at}`)).toEqual(expected);
});
