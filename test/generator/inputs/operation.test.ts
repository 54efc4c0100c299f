import { Validator, type Schema } from '@cfworker/json-schema';
import { predictOf } from '../../../generator/dialects/speak.ts';
import { urlFieldOf, withUrls } from '../../../generator/inputs/operation.ts';
import type { Operation } from '../../../swagger/operation.ts';
import type { NamedSchema } from '../../../swagger/schemas.ts';
import { byUrl, digits, predict } from '../template/blueprints.ts';

const takes = (schema: NamedSchema, value: unknown): boolean =>
  new Validator(schema as unknown as Schema, '4').validate(value).valid;
const schemaOf = ({ request }: Operation): NamedSchema => (request as NonNullable<Operation['request']>).schema;

test('what was not asked for is not there', () => {
  expect(withUrls(predict, digits, 'url')).toBe(predict);
});

describe('a picture', () => {
  const schema = schemaOf(withUrls(predict, byUrl, 'url'));

  test.each([
    [{ image: 'AAAA' }, true],
    [{ image: 'AAAA', top: 3 }, true],
    [{ url: 'https://a.b/' }, true],
    [{ url: 'https://a.b/', top: 3 }, true],
    [{ url: 'https://a.b/', image: 'AAAA' }, false],
    [{}, false],
    [{ top: 3 }, false],
    [{ url: '' }, false],
    [{ url: 1 }, false],
    [{ url: null }, false],
    [{ url: ['https://a.b/'] }, false],
    [{ url: 'https://a.b/', top: 0 }, false],
    [{ url: 'https://a.b/', URL: 'x' }, false],
    [JSON.parse('{"url": "https://a.b/", "__proto__": {}}'), false],
  ])('%j: %p', (value, expected) => {
    expect(takes(schema, value)).toBe(expected);
  });
});

describe('other data', () => {
  const operation = (schema: NamedSchema): Operation => ({
    ...predict,
    request: { description: '', bytes: [], example: {}, schema },
  });
  const object = (key: string): NamedSchema => ({
    title: 'PredictRequest',
    type: 'object',
    required: [key],
    additionalProperties: false,
    properties: { [key]: { type: 'number' } },
  });

  test('is named by a URL alone', () => {
    const schema = schemaOf(withUrls(operation(object('x')), byUrl, 'url'));
    expect(takes(schema, { x: 1 })).toBe(true);
    expect(takes(schema, { url: 'https://a.b/' })).toBe(true);
    expect(takes(schema, { x: 1, url: 'https://a.b/' })).toBe(false);
  });

  test('has one form more where it has several', () => {
    const schema = schemaOf(withUrls(operation({ title: 'P', anyOf: [object('x'), object('y')] }), byUrl, 'url'));
    for (const [value, expected] of [[{ x: 1 }, true], [{ y: 1 }, true], [{ url: 'u' }, true], [{ x: 1, y: 1 }, false]] as const)
      expect([value, takes(schema, value)]).toEqual([value, expected]);
  }); // prettier-ignore

  test('a feature that is called url stays one', () => {
    const rows = operation(object('url'));
    expect(urlFieldOf(rows)).toBe('input_url');
    const schema = schemaOf(withUrls(rows, byUrl, urlFieldOf(rows)));
    expect(takes(schema, { url: 1 })).toBe(true);
    expect(takes(schema, { input_url: 'https://a.b/' })).toBe(true);
  });
});

test.each([
  ['standard', 'url', 'top'],
  ['djl', 'inputImageUrl', 'top'],
  ['pairs', 'input_url', 'n_predictions'],
] as const)('the dialect %s calls it %s', (dialect, field, top) => {
  const schema = schemaOf(predictOf({ ...byUrl, dialect }) as Operation);
  expect(takes(schema, { [field]: 'https://a.b/', [top]: 3 })).toBe(true);
  expect(takes(schema, { image: 'AAAA', [top]: 3 })).toBe(true);
  expect(takes(schema, { [field]: 'https://a.b/', image: 'AAAA' })).toBe(false);
  expect(takes(schema, { [`${field}s`]: 'https://a.b/' })).toBe(false);
});
