import fc from 'fast-check';
import { echo, TOWNS } from '../models/echo.ts';
import { Folder } from '../models/files.ts';
import { graph, model, node, tensor, value } from '../models/proto.ts';
import { apiEvent, bodyOf, type Outcome, type Service } from './service.ts';
import { tabularService } from './tabular-service.ts';

const folder = new Folder();
const services: Service[] = [];
afterAll(() => [folder, ...services].forEach((made) => made.dispose()));

async function serve(...given: Parameters<typeof tabularService>): Promise<Service> {
  const service = await tabularService(...given);
  services.push(service);
  return service;
}

const predictionsOf = ({ value: answer, error }: Outcome): unknown => (error ? error.name : answer?.['predictions']);
const told = ({ error }: Outcome): string => (error ? `${error.name}: ${error.message}` : '');
const row = { age: 31.5, visits: 2, member: true, town: 'Köln' };
const fed = [31.5, 2, 1, 1];

describe('a model that answers with what it was fed', () => {
  let service: Service;
  beforeAll(async () => {
    service = await serve(folder.model('echo.onnx', echo()), 'tabular-regression');
  });

  test('a row, several, and values alone: over HTTP as on a direct invoke', async () => {
    const { outcomes } = await service.run([
      row,
      apiEvent({ body: JSON.stringify(row) }),
      { instances: [row, { ...row, town: 'Bonn' }] },
      { input_X: [31.5, 2, true, 'Köln'] },
      { input_X: [[31.5, 2, true, 'Köln'], [0, -3, false, 'elsewhere']] },
    ]); // prettier-ignore
    const [direct, http, ...others] = outcomes as [Outcome, Outcome, ...Outcome[]];
    expect(direct.value).toEqual({ predictions: [{ prediction: fed }], model: { name: 'table', version: '1' } });
    expect(bodyOf(http)).toEqual(direct.value);
    expect(others.map(predictionsOf)).toEqual([
      [{ prediction: fed }, { prediction: [31.5, 2, 1, 0] }],
      [{ prediction: fed }],
      [{ prediction: fed }, { prediction: [0, -3, 0, -1] }],
    ]);
  });

  test('whatever the rows, both forms are answered alike, each row as if it were alone', async () => {
    const age = fc.option(fc.float({ noNaN: true, noDefaultInfinity: true }));
    const town = fc.oneof(fc.constantFrom(...TOWNS), fc.string().filter((text) => !/[\0\p{Surrogate}]/u.test(text)));
    const one = fc.record({ age, visits: fc.integer({ min: -1000, max: 1000 }), member: fc.boolean(), town });
    const samples = fc.sample(fc.array(one, { minLength: 1, maxLength: 5 }), { numRuns: 40, seed: 7 });
    const events = samples.flatMap((rows) => [
      { instances: rows },
      { input_X: rows.map((each) => [each.age, each.visits, each.member, each.town]) },
      ...rows,
    ]);
    const answers = (await service.run(events)).outcomes.map(predictionsOf);
    let at = 0;
    for (const rows of samples) {
      const expected = rows.map((each) => ({
        prediction: [each.age ?? -1, each.visits, Number(each.member), TOWNS.indexOf(each.town)],
      }));
      expect(answers.slice(at, at + 2)).toEqual([expected, expected]);
      expect(answers.slice(at + 2, at + 2 + rows.length)).toEqual(expected.map((each) => [each]));
      at += 2 + rows.length;
    }
  }); // prettier-ignore

  test.each([
    ['a missing feature', { age: 1, visits: 2, member: true }, /^INVALID_REQUEST.*town/],
    ['a feature that there is not', { ...row, colour: 'red' }, /^INVALID_REQUEST: colour: is not a known key/],
    ['a feature of an object’s prototype', { ...row, constructor: 1 }, /^INVALID_REQUEST: constructor/],
    ['text for a number', { ...row, age: '31' }, /^INVALID_REQUEST: age.*number/],
    ['a fraction for a whole number', { ...row, visits: 1.5 }, /^INVALID_REQUEST: visits.*integer/],
    ['a number for text', { ...row, town: 3 }, /^INVALID_REQUEST: town.*string/],
    ['text that can be missing nowhere', { ...row, town: null }, /^INVALID_REQUEST: town/],
    ['half a surrogate pair', { ...row, town: '\ud800' }, /^INPUT_MISMATCH: Row 0, town/],
    ['a number beyond float32', { ...row, age: 1e39 }, /^INPUT_MISMATCH: Row 0, age/],
    ['the second row', { instances: [row, { ...row, age: 'x' }] }, /^INVALID_REQUEST: instances\/1\/age/],
    ['no rows', { instances: [] }, /^INVALID_REQUEST: instances/],
    ['a row beside rows', { ...row, instances: [row] }, /^INVALID_REQUEST: instances/],
    ['a value too few', { input_X: [[1, 2, true]] }, /^INVALID_REQUEST: input_X\/0/],
    ['values in another order', { input_X: [['Bonn', 2, true, 1]] }, /^INPUT_MISMATCH: Row 0, age/],
    ['the same in the second row', { input_X: [[1, 2, true, 'x'], [1, 'x', true, 'x']] }, /^INPUT_MISMATCH: Row 1, visits/],
    ['no JSON object', [row], /^INVALID_REQUEST/],
  ])('%s is refused by name', async (_, event, expected) => {
    const { outcomes } = await service.run([event]);
    expect(told(outcomes[0] as Outcome)).toMatch(expected);
  }); // prettier-ignore
});

test('a number that the model can’t do without', async () => {
  const service = await serve(folder.model('strict.onnx', echo(false)), 'tabular-regression');
  const { outcomes } = await service.run([{ ...row, age: null }, row]);
  expect(told(outcomes[0] as Outcome)).toMatch(/^INVALID_REQUEST: age/);
  expect(predictionsOf(outcomes[1] as Outcome)).toEqual([{ prediction: fed }]);
});

test('where only some numbers may be missing, the answer that is none says which was', async () => {
  const floats = (name: string) => value(name, 'float32', [null, 1]);
  const nodes = [
    node('IsNaN', ['a'], ['none']),
    node('Where', ['none', 'zero', 'a'], ['known']),
    node('Add', ['known', 'b'], ['sum']),
  ];
  const weights = [tensor('zero', 'float32', [1], [0])];
  const sum = model(graph({ inputs: [floats('a'), floats('b')], outputs: [floats('sum')], weights, nodes }));
  const service = await serve(folder.model('sum.onnx', sum), 'tabular-regression');
  const { outcomes } = await service.run([{ a: null, b: 2 }, { a: 1, b: null }]);
  expect(predictionsOf(outcomes[0] as Outcome)).toEqual([{ prediction: 2 }]);
  expect(told(outcomes[1] as Outcome)).toMatch(/^INPUT_MISMATCH: b:/);
});

describe('classes', () => {
  /** Scores that are the features themselves, through an operator. */
  const scores = (last: string, width: number, batch: number | null = null) =>
    model(
      graph({
        inputs: [value('x', 'float32', [batch, width])],
        outputs: [value('scores', 'float32', [batch, width])],
        nodes: [node(last, ['x'], ['scores'])],
      }),
    );
  const answers = async (file: string, ...events: object[]): Promise<unknown[]> => {
    const service = await serve(file, 'tabular-classification');
    return (await service.run(events)).outcomes.map(predictionsOf);
  };

  test('logits go through softmax, and the highest is the class', async () => {
    const file = folder.model('logits.onnx', scores('Identity', 3));
    const [said] = await answers(file, { input_X: [0, Math.log(3), 0] });
    const near = (expected: number): unknown => expect.closeTo(expected, 6);
    expect(said).toEqual([{ label: '1', probabilities: { 0: near(0.2), 1: near(0.6), 2: near(0.2) } }]);
  });

  test('one probability is of the second of two classes', async () => {
    const file = folder.model('binary.onnx', scores('Sigmoid', 1));
    const near = (expected: number): unknown => expect.closeTo(expected, 6);
    expect(await answers(file, { x: Math.log(3) }, { x: -Math.log(3) })).toEqual([
      [{ label: '1', probabilities: { 0: near(0.25), 1: near(0.75) } }],
      [{ label: '0', probabilities: { 0: near(0.75), 1: near(0.25) } }],
    ]);
  });

  test('a model that takes three rows at a time is filled up, and answers those that were asked', async () => {
    const file = folder.model('batch.onnx', scores('Softmax', 2, 3));
    const [one, four] = await answers(file, { f0: 1, f1: 2 }, { input_X: [[1, 2], [1, 2], [1, 2], [1, 2]] });
    expect(one).toHaveLength(1);
    expect(one).toMatchObject([{ label: '1' }]);
    expect(four).toBe('INVALID_REQUEST');
  }); // prettier-ignore
});
