import { join } from 'node:path';
import { model as digitsModel } from '../../handler-template/src/model.ts';
import type { TensorSpec } from '../../handler-template/src/spec.ts';
import { Folder } from '../models/files.ts';
import { identity } from '../models/identity.ts';
import { graph, model, node, value } from '../models/proto.ts';
import { ALL, get, infer, INPUTS, named, outputsOf, specOf, TASKLESS, textOf, type Tensor } from './every-type.ts';
import { apiEvent, bodyOf, DIGITS, picture, Service, type Outcome } from './service.ts';

const folder = new Folder();
let service: Service;
beforeAll(async () => {
  const file = folder.model('all.onnx', identity(INPUTS));
  service = await Service.of(file, named('all', specOf(''), specOf('_out')), TASKLESS);
});
afterAll(() => {
  service.dispose();
  folder.dispose();
});

test('every element type comes back as it was sent: flat, nested, rank 0, no elements, 64 bits exact', async () => {
  const body = { id: 'x-1', parameters: { binary: false }, inputs: ALL };
  const { outcomes } = await service.run([infer(body), body]);
  const [http, direct] = outcomes as [Outcome, Outcome];
  expect(bodyOf(http)).toMatchObject({ model_name: 'all', model_version: '3', id: 'x-1' });
  const outputs = outputsOf(http);
  const expected = ALL.map(({ name, datatype, shape, data }) => ({
    name: `${name}_out`,
    datatype,
    shape,
    data: name === 'bool' ? [true, false] : [data].flat(9),
  }));
  const floats = (tensor: Tensor): Tensor =>
    tensor.name.startsWith('float32') ? { ...tensor, data: [...Float32Array.from(tensor.data as number[])] } : tensor;
  const big = ['int64_out', 'uint64_out'];
  expect(outputs.filter(({ name }) => !big.includes(name))).toEqual(
    expected.filter(({ name }) => !big.includes(name)).map(floats),
  );
  expect(textOf(http)).toContain('"data":[-9223372036854775808]');
  expect(textOf(http)).toContain('"data":[18446744073709551615,7]');
  expect(direct.error).toBeUndefined();
  expect((direct.value?.['outputs'] as Tensor[]).map(({ name }) => name)).toEqual(expected.map(({ name }) => name));
});

test('outputs are those that were asked for, in that order', async () => {
  const { outcomes } = await service.run([
    infer({ inputs: ALL, outputs: [{ name: 'string_out' }, { name: 'bool_out', parameters: {} }] }),
    infer({ inputs: ALL, outputs: [] }),
  ]);
  expect(outcomes.map((one) => outputsOf(one).length)).toEqual([2, 14]);
  expect(outputsOf(outcomes[0] as Outcome).map(({ name }) => name)).toEqual(['string_out', 'bool_out']);
});

test('what is served: metadata, ready, live; a path may be encoded or have a stage before it; other models are not there', async () => {
  const { outcomes } = await service.run([
    get('/v2/models/all'),
    get('/v2/models/all/ready'),
    get('/v2'),
    get('/v2/health/live'),
    get('/v2/health/ready'),
    get('/v2/models/%61ll/ready'),
    { ...get(''), resource: undefined, path: '/dev/v2/models/all/ready' },
    get('/v2/models/other'),
    get('/v2/models/all/versions/2'),
    get('/health'),
    apiEvent({ body: '{}' }),
  ]);
  const [metadata, ...rest] = outcomes;
  expect(bodyOf(metadata as Outcome)).toMatchObject({ name: 'all', versions: ['3'], platform: 'onnxruntime_onnx' });
  expect((bodyOf(metadata as Outcome) as { inputs: object[] }).inputs).toEqual(
    expect.arrayContaining([
      { name: 'int32', datatype: 'INT32', shape: [-1, 2] },
      { name: 'half', datatype: 'FP16', shape: [2] },
      { name: 'float64', datatype: 'FP64', shape: [] },
    ]),
  );
  expect(rest.map(({ value: got }) => got?.statusCode)).toEqual([200, 200, 200, 200, 200, 200, 404, 404, 200, 404]);
  expect(rest.slice(0, 4).map(bodyOf)).toEqual([
    { name: 'all', ready: true },
    { name: 'create-onnx-lambda', version: '1', extensions: [] },
    { live: true },
    { ready: true },
  ]);
  expect(bodyOf(rest[6] as Outcome)).toMatchObject({ code: 'NOT_FOUND', error: expect.any(String) });
});

test('a version may be named, and a model may be called anything', async () => {
  const name = 'a/b of 100% 🙂 a%20b';
  const file = folder.model('named.onnx', unary('Neg'));
  const odd = await Service.of(file, named(name, [floats('x')], [floats('y')]), TASKLESS);
  const body = { inputs: [{ name: 'x', datatype: 'FP32', shape: [1], data: [2] }] };
  const path = encodeURIComponent(name);
  const { outcomes } = await odd.run([
    infer(body, path),
    infer(body, `${path}/versions/3`),
    { ...(infer(body, '{name}') as object), pathParameters: { name } },
    get(`/v2/models/${path}/versions/3`),
    get(`/v2/models/${path}/versions/3/ready`),
    {},
    'text',
    null,
  ]);
  const answered = outcomes.slice(0, 3).map(outputsOf);
  expect(answered).toEqual(Array(3).fill([{ name: 'y', datatype: 'FP32', shape: [1], data: [-2] }]));
  expect(bodyOf(outcomes[3] as Outcome)).toMatchObject({ name, versions: ['3'] });
  expect(bodyOf(outcomes[4] as Outcome)).toEqual({ name, ready: true });
  expect(outcomes.slice(5).map(({ error }) => error?.name)).toEqual(Array(3).fill('INVALID_REQUEST'));
  odd.dispose();
});

test('a symbol that one tensor has twice stands for any size', async () => {
  const spec = (name: string): TensorSpec => ({ name, elementType: 'float32', dims: ['k', 'k'] });
  const file = folder.model('twice.onnx', identity({ x: { elementType: 'float32', dims: ['k', 'k'] } }));
  const loose = await Service.of(file, named('loose', [spec('x')], [spec('x_out')]), TASKLESS);
  const { outcomes } = await loose.run([
    infer({ inputs: [{ name: 'x', datatype: 'FP32', shape: [1, 2], data: [3, 4] }] }, 'loose'),
  ]);
  expect(outputsOf(outcomes[0] as Outcome)).toEqual([{ name: 'x_out', datatype: 'FP32', shape: [1, 2], data: [3, 4] }]);
  loose.dispose();
});

/** `y = opType(x)` for any number of floats. */
const unary = (opType: string, rankless = false): ReturnType<typeof model> =>
  model(
    graph({
      inputs: [value('x', 'float32', rankless ? undefined : ['n'])],
      outputs: [value('y', 'float32', rankless ? undefined : ['n'])],
      nodes: [node(opType, ['x'], ['y'])],
    }),
  );
const floats = (name: string): TensorSpec => ({ name, elementType: 'float32', dims: ['n'] });

test('a result that JSON can not say is an error; so is one that Lambda can not send', async () => {
  const log = await Service.of(folder.model('log.onnx', unary('Log')), named('log', [floats('x')], [floats('y')]), TASKLESS);
  const x = (data: number[]): object => ({ inputs: [{ name: 'x', datatype: 'FP32', shape: [data.length], data }] });
  const many = x(Array<number>(500_000).fill(3));
  const { outcomes } = await log.run([infer(x([1]), 'log'), infer(x([-1]), 'log'), infer(x([0]), 'log'), infer(many, 'log'), many]);
  expect(outcomes.slice(0, 4).map((one) => [one.value?.statusCode, bodyOf(one).code])).toEqual([
    [200, undefined],
    [500, 'RESULT_NOT_FINITE'],
    [500, 'RESULT_NOT_FINITE'],
    [413, 'RESPONSE_TOO_LARGE'],
  ]);
  expect(outcomes[4]?.error?.name).toBe('RESPONSE_TOO_LARGE');
  log.dispose();
});

test('values that a node of the model can not take are the client’s mistake', async () => {
  const indices = { name: 'i', elementType: 'int64', dims: [1] } as const;
  const gather = model(
    graph({
      inputs: [value('x', 'float32', ['n']), value('i', 'int64', [1])],
      outputs: [value('y', 'float32', [1])],
      nodes: [node('Gather', ['x', 'i'], ['y'])],
    }),
  );
  const y = { name: 'y', elementType: 'float32', dims: [1] } as const;
  const file = folder.model('gather.onnx', gather);
  const picking = await Service.of(file, named('pick', [floats('x'), indices], [y]), TASKLESS);
  const at = (i: number): object =>
    infer(
      {
        inputs: [
          { name: 'x', datatype: 'FP32', shape: [2], data: [5, 6] },
          { name: 'i', datatype: 'INT64', shape: [1], data: [i] },
        ],
      },
      'pick',
    );
  const { outcomes, log } = await picking.run([at(1), at(7)]);
  expect(outputsOf(outcomes[0] as Outcome)).toEqual([{ name: 'y', datatype: 'FP32', shape: [1], data: [6] }]);
  expect(outcomes[1]?.value?.statusCode).toBe(422);
  expect(bodyOf(outcomes[1] as Outcome)).toMatchObject({ code: 'INPUT_MISMATCH' });
  expect(bodyOf(outcomes[1] as Outcome).message).not.toMatch(/onnx|gather/i);
  expect(log.find((line) => line['code'] === 'INPUT_MISMATCH')).toMatchObject({ cause: expect.stringMatching(/gather/i) });
  picking.dispose();
});

test('sizes of one name may differ where the model takes them, and are named where it does not', async () => {
  const adding = model(
    graph({
      inputs: [value('x', 'float32', ['n']), value('y', 'float32', ['n'])],
      outputs: [value('z', 'float32', ['n'])],
      nodes: [node('Add', ['x', 'y'], ['z'])],
    }),
  );
  const served = await Service.of(folder.model('add.onnx', adding), named('add', [floats('x'), floats('y')], [floats('z')]), TASKLESS);
  const sum = (x: number[], y: number[]): object => {
    const tensor = (name: string, data: number[]): object => ({ name, datatype: 'FP32', shape: [data.length], data });
    return infer({ inputs: [tensor('x', x), tensor('y', y)] }, 'add');
  };
  const { outcomes } = await served.run([sum([1], [2, 3]), sum([1, 2, 3], [2, 3])]);
  expect(outputsOf(outcomes[0] as Outcome)).toEqual([{ name: 'z', datatype: 'FP32', shape: [2], data: [3, 4] }]);
  expect(outcomes[1]?.value?.statusCode).toBe(422);
  expect(bodyOf(outcomes[1] as Outcome).message).toContain('"n" is 3 in "x" and 2 in "y"');
  served.dispose();
});

test('an input without a rank takes any', async () => {
  const spec = { ...floats('x'), anyRank: true };
  const served = await Service.of(folder.model('rankless.onnx', unary('Neg', true)), named('rankless', [spec], [floats('y')]), TASKLESS);
  const x = (shape: unknown[]): object => infer({ inputs: [{ name: 'x', datatype: 'FP32', shape, data: [2] }] }, 'rankless');
  const { outcomes } = await served.run([x([]), x([1]), x([1, 1, 1]), x([-1])]);
  expect(outcomes.slice(0, 3).map((one) => outputsOf(one)[0]?.shape)).toEqual([[], [1], [1, 1, 1]]);
  expect(outcomes[3]?.value?.statusCode).toBe(422);
  served.dispose();
});

test('an input may be called __proto__', async () => {
  const spec = (name: string): TensorSpec => ({ name, elementType: 'int32', dims: [2] });
  const odd = ['__proto__', 'constructor'];
  const file = folder.model(
    'odd.onnx',
    identity(Object.fromEntries(odd.map((name) => [name, { elementType: 'int32', dims: [2] }]))),
  );
  const outputs = odd.map((name) => spec(`${name}_out`));
  const served = await Service.of(file, named('odd', odd.map(spec), outputs), TASKLESS);
  const inputs = odd.map((name, i) => ({ name, datatype: 'INT32', shape: [2], data: [i, 7] }));
  const { outcomes, polluted } = await served.run([infer({ inputs }, 'odd')]);
  expect(outputsOf(outcomes[0] as Outcome).map(({ data }) => data)).toEqual([
    [0, 7],
    [1, 7],
  ]);
  expect(polluted).toBe(false);
  served.dispose();
});

test('a task and the protocol are served side by side, and the protocol may be left out', async () => {
  const digits = await Service.digits();
  const zeros = { name: 'input', datatype: 'FP32', shape: [2, 1, 32, 32], data: Array<number>(2048).fill(0) };
  const events = [{ inputs: [zeros] }, { image: picture('seven.png').toString('base64') }, infer({ inputs: [zeros] }, 'digits')];
  const { outcomes } = await digits.run(events);
  expect(outcomes[0]?.value?.['outputs']).toMatchObject([{ name: 'logits', shape: [2, 10] }]);
  expect(outcomes[1]?.value).toMatchObject({ predictions: [{ className: 'seven' }, {}, {}, {}, {}] });
  expect(outputsOf(outcomes[2] as Outcome)).toEqual(outcomes[0]?.value?.['outputs']);
  digits.dispose();
  const alone = await Service.classifier(join(DIGITS, 'digits.onnx'), { ...digitsModel, protocol: false });
  const without = await alone.run(events);
  expect(without.outcomes[0]?.error?.name).toBe('INVALID_REQUEST');
  expect(without.outcomes[1]?.value).toMatchObject({ predictions: [{ className: 'class 7' }, {}, {}, {}, {}] });
  expect(without.outcomes[2]?.value?.statusCode).toBe(404);
  alone.dispose();
});
