import fc from 'fast-check';
import { exact, parse, stringify } from '../src/exact.ts';
import { inferTask } from '../src/protocol/infer.ts';
import type { Model, TensorSpec } from '../src/spec.ts';
import type { RunType } from '../src/tensors.ts';

const modelOf = (...tensors: TensorSpec[]): Model => ({
  name: 'm',
  version: '1',
  task: { kind: 'tensor' },
  inputs: tensors,
  outputs: tensors,
  limits: {},
  protocol: true,
});

const digits = (min: bigint, max: bigint): fc.Arbitrary<string> => fc.bigInt({ min, max }).map(String);
const whole = (bits: number, signed: boolean): fc.Arbitrary<number> =>
  fc.integer(signed ? { min: -(2 ** (bits - 1)), max: 2 ** (bits - 1) - 1 } : { min: 0, max: 2 ** bits - 1 });
const plain = { noNaN: true, noDefaultInfinity: true } as const;
/** JSON has no −0 that JavaScript would write. */
const positiveZero = (number: number): number => (number === 0 ? 0 : number);

/** For each element type its datatype, and values as JSON has them. */
const TYPES: Record<RunType, { datatype: string; values: fc.Arbitrary<unknown> }> = {
  bool: { datatype: 'BOOL', values: fc.boolean() },
  int8: { datatype: 'INT8', values: whole(8, true) },
  int16: { datatype: 'INT16', values: whole(16, true) },
  int32: { datatype: 'INT32', values: whole(32, true) },
  int64: { datatype: 'INT64', values: digits(-(2n ** 63n), 2n ** 63n - 1n) },
  uint8: { datatype: 'UINT8', values: whole(8, false) },
  uint16: { datatype: 'UINT16', values: whole(16, false) },
  uint32: { datatype: 'UINT32', values: fc.nat().map((n) => n * 2 + 1) },
  uint64: { datatype: 'UINT64', values: digits(0n, 2n ** 64n - 1n) },
  float32: { datatype: 'FP32', values: fc.float(plain).map(positiveZero) },
  float64: { datatype: 'FP64', values: fc.double(plain).map(positiveZero) },
  string: { datatype: 'BYTES', values: fc.string({ unit: 'binary' }).filter((text) => !text.includes('\0')) },
};

const shapes = fc.array(fc.integer({ min: 0, max: 3 }), { maxLength: 4 });

const tensors = fc
  .tuple(fc.constantFrom(...(Object.keys(TYPES) as RunType[])), shapes, fc.string(), fc.boolean())
  .chain(([type, shape, name, isNested]) => {
    const length = shape.reduce((product, size) => product * size, 1);
    return fc
      .array(TYPES[type].values, { minLength: length, maxLength: length })
      .map((flat) => ({ type, shape, name, flat, data: isNested ? nested(flat, shape) : flat }));
  });

function nested(flat: readonly unknown[], shape: readonly number[]): unknown {
  const [size, ...rest] = shape;
  if (size === undefined) return flat[0];
  const step = flat.length / (size || 1);
  return Array.from({ length: size }, (_, i) => nested(flat.slice(i * step, (i + 1) * step), rest));
}

test('what is decoded and encoded is what was sent: every type and shape, flat or nested, whatever its name', async () => {
  await fc.assert(
    fc.asyncProperty(tensors, async ({ type, shape, name, flat, data }) => {
      const { datatype } = TYPES[type];
      const task = inferTask(modelOf({ name, elementType: type, dims: shape.map((_, i) => `d${i}`) }));
      const wish = await task.fromJson(JSON.parse(JSON.stringify({ inputs: [{ name, datatype, shape, data }] })));
      const answer = await task.toAnswer(await task.toFeeds(wish), wish);
      if (answer.kind !== 'json') throw new Error('no JSON');
      const text = stringify(answer.body);
      const [output] = (JSON.parse(text) as { outputs: { data: unknown[] }[] }).outputs;
      expect(output).toMatchObject({ name, datatype, shape });
      if (type === 'int64' || type === 'uint64') expect(text).toContain(`"data":[${flat.join(',')}]`);
      else expect(output?.data).toEqual(flat);
    }),
    { numRuns: 500 },
  );
});

test('whole numbers are numbers in JSON however large, and text that looks like one stays text', () => {
  fc.assert(
    fc.property(fc.bigInt({ min: -(2n ** 63n), max: 2n ** 64n - 1n }), (big) => {
      expect(stringify({ data: [exact(big), String(big)] })).toBe(`{"data":[${big},"${big}"]}`);
    }),
  );
});

test('half types are fed as float32 and hold no more than they can', () => {
  const spec = { name: 'x', elementType: 'float32', dims: [1] } as const;
  const decode = (declaredType: string, datatype: string, value: number): unknown =>
    inferTask(modelOf({ ...spec, declaredType })).fromJson({
      inputs: [{ name: 'x', datatype, shape: [1], data: [value] }],
    });
  const refused = expect.objectContaining({ code: 'INPUT_MISMATCH' }) as Error;
  expect(() => decode('float16', 'FP16', 65504)).not.toThrow();
  expect(() => decode('float16', 'FP32', 65504)).not.toThrow();
  expect(() => decode('float16', 'FP16', 65520)).toThrow(refused);
  expect(() => decode('bfloat16', 'BF16', 3.38e38)).not.toThrow();
  expect(() => decode('bfloat16', 'BF16', 3.4e38)).toThrow(refused);
  expect(() => decode('float16', 'BF16', 1)).toThrow(refused);
});

test.each([
  ['n', true],
  ['None', false],
  ['?', false],
])('sizes of two inputs that are both called %s may differ; is that the reason where the model fails? %p', async (dim, named) => {
  const specs = ['x', 'y'].map((name): TensorSpec => ({ name, elementType: 'int8', dims: [dim] }));
  const inputs = specs.map(({ name }, i) => ({ name, datatype: 'INT8', shape: [i], data: Array<number>(i).fill(1) }));
  const task = inferTask(modelOf(...specs));
  const error = task.runFailed?.(new Error('Invalid dimensions'), await task.fromJson({ inputs })) as Error;
  expect(error).toMatchObject({ code: 'INPUT_MISMATCH' });
  expect(/n\W+is 0 in\W+x\W+and 1 in\W+y/.test(error.message)).toBe(named);
});

test('any JSON is an inference request or refused as what it is', () => {
  const spec: TensorSpec = { name: 'x', elementType: 'float32', dims: ['n'] };
  const task = inferTask(modelOf(spec));
  const field = fc.oneof(fc.jsonValue(), fc.constantFrom('x', 'FP32', [1], [0], []));
  const input = fc.oneof(fc.jsonValue(), fc.record({ name: field, datatype: field, shape: field, data: field }));
  const request = fc.record({ inputs: fc.oneof(fc.array(input), field), outputs: field }, { requiredKeys: ['inputs'] });
  fc.assert(
    fc.property(request, (value) => {
      try {
        task.fromJson(value);
      } catch (error) {
        expect(['INVALID_REQUEST', 'INPUT_MISMATCH']).toContain((error as { code?: string }).code);
        expect((error as Error).message.length).toBeLessThan(300);
      }
    }),
  );
});

/** Whole numbers that are long are what the test is about. */
const short = fc.json().filter((json) => !/\d{16}/.test(json));

test('whole numbers of JSON are exact, whatever stands around them', () => {
  fc.assert(
    fc.property(fc.bigInt({ min: -(2n ** 70n), max: 2n ** 70n }), short, fc.string(), (big, json, text) => {
      const whole = Number.isSafeInteger(Number(big)) ? Number(big) : big;
      const value = { text: `${text}[${big}, "`, other: JSON.parse(json) as unknown };
      const body = `{"big": [ ${big} ,${big}\n], "text": ${JSON.stringify(value.text)}, "other": ${json}}`;
      expect(parse(body)).toEqual({ ...value, big: [whole, whole] });
    }),
  );
  expect(parse('[1.2345678901234567890, 12345678901234567e-1, 12345678901234567.0]')).toEqual([
    1.2345678901234567, 1234567890123456.8, 12345678901234568,
  ]);
  expect(() => parse('[9007199254740993')).toThrow(SyntaxError);
});

test('64-bit integers come as numbers unless something has rounded them, and stand for the nearest float where that is asked for', async () => {
  const model = modelOf(...(['int64', 'float64', 'uint8'] as const).map((elementType) => ({ name: elementType, elementType, dims: [1] })));
  const task = inferTask(model);
  const request = (data: Record<string, string>): unknown =>
    task.parse?.(
      `{"inputs": [${Object.entries({ int64: '[1]', float64: '[1]', uint8: '[1]', ...data })
        .map(([name, one]) => `{"name": "${name}", "datatype": "${TYPES[name as RunType].datatype}", "shape": [1], "data": ${one}}`)
        .join(', ')}]}`,
    );
  const fed = await task.toFeeds(await task.fromJson(request({ int64: '[-9223372036854775807]', float64: '[9007199254740993]' })));
  expect(fed.get('int64')?.data).toEqual(BigInt64Array.of(-9223372036854775807n));
  expect(fed.get('float64')?.data).toEqual(Float64Array.of(9007199254740992));
  const rounded = JSON.parse('{"inputs": [{"name": "int64", "datatype": "INT64", "shape": [1], "data": [9007199254740993]}]}') as unknown;
  const wrong = [{ int64: '[9223372036854775808]' }, { uint8: '[9223372036854775808]' }, { uint8: '9223372036854775808' }];
  for (const one of [...wrong.map(request), rounded])
    expect(() => task.fromJson(one)).toThrow(expect.objectContaining({ code: 'INPUT_MISMATCH' }));
});
