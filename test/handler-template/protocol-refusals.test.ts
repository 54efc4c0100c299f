import { Folder } from '../models/files.ts';
import { identity } from '../models/identity.ts';
import { ALL, infer, INPUTS, named, specOf, TASKLESS, type Tensor } from './every-type.ts';
import { bodyOf, Service, type Outcome } from './service.ts';

const but = (name: string, change: Partial<Tensor>): unknown => ({
  inputs: ALL.map((tensor) => (tensor.name === name ? { ...tensor, ...change } : tensor)),
});
const text = (name: string, data: string): string =>
  JSON.stringify(but(name, { data: '@' })).replace('"@"', data);
const deep = '['.repeat(200_000) + ']'.repeat(200_000);

const REFUSED: readonly (readonly [string, unknown, number, string])[] = [
  ['no body', '', 400, 'EMPTY_BODY'],
  ['not JSON', '{', 400, 'INVALID_JSON'],
  ['no inputs', {}, 400, 'INVALID_REQUEST'],
  ['a list', [], 400, 'INVALID_REQUEST'],
  ['deep arrays', deep, 400, 'INVALID_REQUEST'],
  ['deep data', text('float32', deep), 400, 'INVALID_REQUEST'],
  ['deep data further in', text('uint16', `[1,2,${deep}]`), 422, 'INPUT_MISMATCH'],
  ['an input that is null', { inputs: [null] }, 400, 'INVALID_REQUEST'],
  ['an input without a name', { inputs: [{}] }, 400, 'INVALID_REQUEST'],
  ['an id that is a number', { id: 7, inputs: ALL }, 400, 'INVALID_REQUEST'],
  ['__proto__', '{"__proto__":{"inputs":[],"polluted":1}}', 400, 'INVALID_REQUEST'],
  ['__proto__ beside inputs', `{"__proto__":{"polluted":1},${JSON.stringify({ inputs: ALL }).slice(1)}`, 400, 'INVALID_REQUEST'],
  ['an unknown key', { inputs: ALL, url: 'http://127.0.0.1/' }, 400, 'INVALID_REQUEST'],
  ['an unknown key of an input', but('int8', { content: [1, 2] } as object), 400, 'INVALID_REQUEST'],
  ['an unknown key of an output', { inputs: ALL, outputs: [{ name: 'int8_out', shape: [2] }] }, 400, 'INVALID_REQUEST'],
  ['no shape', but('int8', { shape: undefined as never }), 400, 'INVALID_REQUEST'],
  ['an input missing', { inputs: ALL.slice(1) }, 422, 'INPUT_MISMATCH'],
  ['an input too many', { inputs: [...ALL, { ...ALL[0], name: 'other' }] }, 422, 'INPUT_MISMATCH'],
  ['an input called __proto__', { inputs: [...ALL, { ...ALL[0], name: '__proto__' }] }, 422, 'INPUT_MISMATCH'],
  ['an input twice', { inputs: [...ALL, ALL[0]] }, 422, 'INPUT_MISMATCH'],
  ['an unknown output', { inputs: ALL, outputs: [{ name: 'x' }] }, 422, 'INPUT_MISMATCH'],
  ['an output twice', { inputs: ALL, outputs: [{ name: 'int8_out' }, { name: 'int8_out' }] }, 422, 'INPUT_MISMATCH'],
  ['another datatype', but('int8', { datatype: 'FP32' }), 422, 'INPUT_MISMATCH'],
  ['no data', but('int8', { data: undefined }), 422, 'INPUT_MISMATCH'],
  ['data as bytes', but('int8', { data: undefined, parameters: { binary_data_size: 2 } } as object), 422, 'INPUT_MISMATCH'],
  ['data null', but('int8', { data: null }), 422, 'INPUT_MISMATCH'],
  ['another rank', but('int8', { shape: [1, 2] }), 422, 'INPUT_MISMATCH'],
  ['another size', but('int8', { shape: [3], data: [1, 2, 3] }), 422, 'INPUT_MISMATCH'],
  ['zero where it is fixed', but('int8', { shape: [0], data: [] }), 422, 'INPUT_MISMATCH'],
  ['a size below zero', but('uint16', { shape: [-1], data: [] }), 422, 'INPUT_MISMATCH'],
  ['a size that is none', but('uint16', { shape: ['3'] as never }), 422, 'INPUT_MISMATCH'],
  ['a huge size', but('uint16', { shape: [9e15] }), 422, 'INPUT_MISMATCH'],
  ['too few elements', but('int8', { data: [1] }), 422, 'INPUT_MISMATCH'],
  ['too many elements', but('float64', { data: [1, 2] }), 422, 'INPUT_MISMATCH'],
  ['ragged rows', but('float32', { data: [[1, 2], [3]] }), 422, 'INPUT_MISMATCH'],
  ['1e400', text('float64', '[1e400]'), 422, 'INPUT_MISMATCH'],
  ['beyond float32', but('float32', { data: [1, 2, 3, 3.5e38] }), 422, 'INPUT_MISMATCH'],
  ['beyond float16', but('half', { data: [65520, 1] }), 422, 'INPUT_MISMATCH'],
  ['null as a number', but('float32', { data: [1, 2, 3, null] }), 422, 'INPUT_MISMATCH'],
  ['text as a number', but('float32', { data: [1, 2, 3, '4'] }), 422, 'INPUT_MISMATCH'],
  ['a fraction as an integer', but('int32', { data: [1.5, 2] }), 422, 'INPUT_MISMATCH'],
  ['beyond int8', but('int8', { data: [1, 128] }), 422, 'INPUT_MISMATCH'],
  ['below zero', but('uint8', { data: [1, -1] }), 422, 'INPUT_MISMATCH'],
  ['beyond int64', but('int64', { data: ['9223372036854775808'] }), 422, 'INPUT_MISMATCH'],
  ['below zero in 64 bits', but('uint64', { data: ['-1', 1] }), 422, 'INPUT_MISMATCH'],
  ['an integer of more bits', text('int32', '[9007199254740993]'), 422, 'INPUT_MISMATCH'],
  ['hexadecimal digits', but('int64', { data: ['0x10'] }), 422, 'INPUT_MISMATCH'],
  ['two as bool', but('bool', { data: [2, 0] }), 422, 'INPUT_MISMATCH'],
  ['text with NUL', text('string', '["a\\u0000b"]'), 422, 'INPUT_MISMATCH'],
  ['half a surrogate pair', text('string', '["\\ud800"]'), 422, 'INPUT_MISMATCH'],
  ['a number as text', but('string', { data: ['a', 1] }), 422, 'INPUT_MISMATCH'],
];

test('what does not fit is refused, with what was expected, and nothing is polluted', async () => {
  const folder = new Folder();
  const file = folder.model('all.onnx', identity(INPUTS));
  const service = await Service.of(file, named('all', specOf(''), specOf('_out')), TASKLESS);
  folder.dispose();
  const events = REFUSED.map(([, body]) => infer(body));
  const { outcomes, polluted } = await service.run([...events, infer({ inputs: ALL })]);
  const got = REFUSED.map(([name], i) => {
    const outcome = outcomes[i] as Outcome;
    return [name, outcome.value?.statusCode, bodyOf(outcome).code];
  });
  expect(got).toEqual(REFUSED.map(([name, , status, code]) => [name, status, code]));
  for (const outcome of outcomes.slice(0, -1)) {
    const body = bodyOf(outcome) as Record<string, string>;
    expect(Object.keys(body).sort()).toEqual(['code', 'error', 'message']);
    expect(body['error']).toBe(body['message']);
    expect(body['message']?.length).toBeLessThan(300);
  }
  expect(polluted).toBe(false);
  expect(outcomes.at(-1)?.value?.statusCode).toBe(200);
  service.dispose();
});
