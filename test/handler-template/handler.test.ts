import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { apiEvent, bodyOf, DIGITS, picture, Service, type Outcome } from './service.ts';

interface Golden {
  readonly pictures: Record<string, { className: string; probability: number }>;
}

interface Answer {
  readonly predictions: { className: string; probability: number }[];
  readonly model: object;
}

const golden = JSON.parse(readFileSync(join(DIGITS, 'golden.json'), 'utf8')) as Golden;
const names = Object.keys(golden.pictures);
const modelInfo = { name: 'digits', version: '1' };
const seven = picture('seven.png').toString('base64');

let service: Service;
beforeAll(async () => {
  service = await Service.digits();
});
afterAll(() => service.dispose());

const answerOf = ({ value }: Outcome): Answer => value as unknown as Answer;

test('answers every picture as Python does: bytes over HTTP, JSON over HTTP, and direct', async () => {
  const types: Record<string, string> = { png: 'image/png', jpg: 'image/jpeg', webp: 'image/webp' };
  const bytes = names.map((name) => apiEvent({ type: types[name.split('.')[1] ?? ''] ?? '', body: picture(name) }));
  const json = names.map((name) => ({ image: picture(name).toString('base64'), top: 10 }));
  const wrapped = json.map((request) => apiEvent({ body: JSON.stringify(request) }));
  const { outcomes } = await service.run([...bytes, ...wrapped, ...json]);
  const answers = outcomes.map((outcome, i) =>
    i < 2 * names.length ? (bodyOf(outcome) as Answer) : answerOf(outcome),
  );
  names.forEach((name, i) => {
    const expected = golden.pictures[name];
    for (const way of [0, 1, 2]) {
      const { predictions, model } = answers[way * names.length + i] as Answer;
      expect(model).toEqual(modelInfo);
      expect(predictions).toHaveLength(way === 0 ? 5 : 10);
      expect(predictions[0]?.className).toBe(expected?.className);
      expect(predictions[0]?.probability).toBeCloseTo(expected?.probability ?? NaN, 5);
      const order = predictions.map(({ probability }) => probability);
      expect(order).toEqual(order.toSorted((a, b) => b - a));
    }
    const sum = answerOf(outcomes[2 * names.length + i] as Outcome).predictions.reduce((a, b) => a + b.probability, 0);
    expect(sum).toBeCloseTo(1, 9);
  });
});

test('routes: health, and 404 for what is not there', async () => {
  const { outcomes } = await service.run([
    apiEvent({ method: 'GET', resource: '/health', type: null }),
    apiEvent({ method: 'GET', resource: '/predict' }),
    apiEvent({ method: 'POST', resource: '/other' }),
    apiEvent({ type: null, body: JSON.stringify({ image: seven, top: 1 }) }),
    apiEvent({ type: 'Application/JSON; charset=utf-8', body: Buffer.from(JSON.stringify({ image: seven, top: 1 })) }),
  ]);
  expect(outcomes.map(({ value }) => value?.statusCode)).toEqual([200, 404, 404, 200, 200]);
  expect(bodyOf(outcomes[0] as Outcome)).toEqual({ status: 'ok', model: modelInfo });
  expect(bodyOf(outcomes[1] as Outcome)).toMatchObject({ code: 'NOT_FOUND' });
  expect(bodyOf(outcomes[4] as Outcome).predictions).toHaveLength(1);
  for (const { value } of outcomes) {
    expect(value?.headers).toEqual({ 'Content-Type': 'application/json', 'Access-Control-Allow-Origin': '*' });
    expect(Object.keys(value ?? {}).sort()).toEqual(['body', 'headers', 'isBase64Encoded', 'statusCode']);
  }
});

test('a hundred requests at a cold start load the model once, with the threads of the memory', async () => {
  const events = Array.from({ length: 100 }, () => ({ image: seven, top: 1 }));
  const { outcomes, loads, threads } = await service.run(events, {
    concurrent: true,
    env: { AWS_LAMBDA_FUNCTION_MEMORY_SIZE: '3538' },
  });
  expect({ loads, threads }).toEqual({ loads: 1, threads: [2] });
  for (const outcome of outcomes) expect(answerOf(outcome).predictions[0]?.className).toBe('seven');
});

test('log and metrics: structured lines with the request, a cold start that is counted once, nothing of the picture', async () => {
  const cut = picture('seven.png').subarray(0, 1000).toString('base64');
  const { log } = await service.run([{ image: seven }, { image: seven }, { image: cut }], {
    env: { POWERTOOLS_SERVICE_NAME: 'svc', POWERTOOLS_METRICS_NAMESPACE: 'Space', CORS_ORIGIN: 'x' },
  });
  const metrics = log.filter((line) => '_aws' in line);
  const named = (name: string): unknown[] => metrics.filter((line) => name in line).map((line) => line[name]);
  expect(named('ColdStart')).toEqual([1]);
  expect(named('Predictions')).toEqual([1, 1]);
  expect(named('Refused')).toEqual([1]);
  expect(named('InferenceTime')).toHaveLength(2);
  expect(metrics.every((line) => line['service'] === 'svc')).toBe(true);
  expect(JSON.stringify(metrics)).toContain('"Namespace":"Space"');
  const [refused, ...others] = log.filter((line) => !('_aws' in line));
  expect(others).toEqual([]);
  expect(refused).toMatchObject({
    level: 'INFO',
    code: 'UNREADABLE_PICTURE',
    cause: expect.any(String),
    function_request_id: 'r-2',
    cold_start: false,
  });
});

test('does not start without its model, or with labels that do not fit', async () => {
  await expect(service.run([], { env: { MODEL_FILE: '/nowhere/model.onnx' } })).rejects.toThrow('model.onnx');
  service.folder.file('labels.txt', 'a\nb\n');
  await expect(service.run([])).rejects.toThrow('2 class names');
});
