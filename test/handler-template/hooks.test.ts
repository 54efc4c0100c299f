import { join } from 'node:path';
import { model as digits } from '../../handler-template/src/model.ts';
import { apiEvent, bodyOf, DIGITS, picture, Service, type Outcome } from './service.ts';

/** Each hook changes what passes, or refuses it; what is left alone goes on as it is. */
const CUSTOMIZE = `
import { ServiceError } from './errors.ts';
import type { Hooks } from './hooks.ts';
let seen: unknown[] = [];
export const hooks: Hooks = {
  beforeDecoding: (request, context) => {
    seen = [request.kind, context];
    if (request.kind !== 'json') return;
    const value = request.value as { photo?: string; refuse?: boolean; fail?: boolean };
    if (value.refuse) throw new ServiceError('INVALID_REQUEST', 'not today');
    if (value.fail) throw new Error('secret');
    return value.photo === undefined ? undefined : { kind: 'json', value: { image: value.photo, top: 10 } };
  },
  beforeInference: async (feeds) => {
    const [[name, tensor] = []] = feeds;
    if (!name || tensor?.type !== 'float32') throw new Error('other feeds');
    seen.push(tensor.dims);
    return new Map([[name, { ...tensor, data: tensor.data.map((value) => 1 - value) }]]);
  },
  afterInference: (results) => {
    const logits = results.get('logits');
    if (logits?.type !== 'float32') throw new Error('other results');
    return new Map([['logits', { ...logits, data: logits.data.map((value, i) => (i === 3 ? 1000 : value)) }]]);
  },
  beforeAnswering: async (answer) => (answer.kind === 'json' ? { ...answer, body: { ...answer.body, seen } } : undefined),
};
`;

let service: Service;
beforeAll(async () => {
  service = await Service.classifier(join(DIGITS, 'digits.onnx'), digits, { 'customize.ts': CUSTOMIZE });
});
afterAll(() => service.dispose());

const seven = picture('seven.png');
const photo = seven.toString('base64');

test('each hook changes what goes on, over HTTP as on a direct invoke', async () => {
  const { outcomes } = await service.run([
    { photo },
    apiEvent({ body: JSON.stringify({ photo }) }),
    apiEvent({ type: 'image/png', body: seven }),
  ]);
  const answers = outcomes.map((outcome, i) => (i === 0 ? outcome.value : bodyOf(outcome))) as {
    predictions: { className: string }[];
    seen: unknown[];
  }[];
  expect(answers.map(({ predictions }) => predictions[0])).toEqual(Array(3).fill({ className: 'class 3', probability: 1 }));
  expect(answers.map(({ predictions }) => predictions.length)).toEqual([10, 10, 5]);
  const direct = { accept: 'application/json' };
  expect(answers.map(({ seen }) => seen)).toEqual(
    (
      [
        ['json', direct],
        ['json', {}],
        ['bytes', {}],
      ] as const
    ).map(([kind, more], i) => [kind, { route: 'predict', requestId: `r-${i}`, ...more }, [1, 1, 32, 32]]),
  );
});

test('what a hook refuses the client is told; what fails in it the log knows alone', async () => {
  const { outcomes, log } = await service.run(
    [{ refuse: true }, { fail: true }].flatMap((body) => [body, apiEvent({ body: JSON.stringify(body) })]),
  );
  const [refused, refusedHttp, failed, failedHttp] = outcomes as [Outcome, Outcome, Outcome, Outcome];
  expect(refused.error).toMatchObject({ name: 'INVALID_REQUEST', message: 'not today' });
  expect(bodyOf(refusedHttp)).toEqual({ code: 'INVALID_REQUEST', message: 'not today' });
  expect(failed.error?.message).toBe('secret');
  expect(failedHttp.value?.statusCode).toBe(500);
  expect(bodyOf(failedHttp)).toEqual({ code: 'INTERNAL', message: 'Internal server error' });
  expect(JSON.stringify(log.filter(({ level }) => level === 'ERROR'))).toContain('secret');
});
