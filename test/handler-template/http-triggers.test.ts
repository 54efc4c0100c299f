import { model as digits } from '../../handler-template/src/model.ts';
import { join } from 'node:path';
import { httpEvents } from '../../generator/render/http-event.ts';
import { restEvents } from '../../generator/render/rest-event.ts';
import { bodyOf, DIGITS, picture, Service, type Run } from './service.ts';

const TRIGGERS = `
import { functionUrl } from './triggers/function-url/handler.ts';
import { httpApi } from './triggers/http-api/handler.ts';
import { restApi } from './triggers/rest-api/handler.ts';
export const triggers = [httpApi, restApi, functionUrl];
`;
const sample = { file: 'seven.png', path: '/predict', contentType: 'image/png', body: picture('seven.png'), event: {} };
const all = { ...restEvents(sample), ...httpEvents(sample, 'http-api'), ...httpEvents(sample, 'function-url') };

let service: Service;
let run: Run;
beforeAll(async () => {
  service = await Service.classifier(join(DIGITS, 'digits.onnx'), digits, { 'triggers.ts': TRIGGERS });
  const [predict, other] = [httpEvents(sample, 'function-url')['function-url-predict'], { rawPath: '/nothing' }];
  run = await service.run([...Object.values(all), { ...predict, ...other }, { image: sample.body.toString('base64') }]);
});
afterAll(() => service.dispose());

test('one function answers a REST API, an HTTP API, its URL and direct invokes alike', () => {
  const answered = Object.keys(all).map((name, i) => [name, run.outcomes[i]] as const);
  const direct = run.outcomes.at(-1)?.value;
  expect(direct?.['predictions']).toMatchObject([{ className: 'class 7' }, {}, {}, {}, {}]);
  for (const [name, outcome] of answered) {
    if (!outcome) throw new Error(name);
    expect(outcome.value).toMatchObject({ statusCode: 200, isBase64Encoded: false });
    expect(bodyOf(outcome)).toEqual(name.endsWith('health') ? expect.objectContaining({ status: 'ok' }) : direct);
  }
});

test('only a REST API leaves CORS to the function', () => {
  const origins = Object.keys(all).map((name, i) => [
    name.replace(/-(predict|health)$/, ''),
    run.outcomes[i]?.value?.headers?.['Access-Control-Allow-Origin'],
  ]);
  expect(Object.fromEntries(origins)).toEqual({ api: '*', 'http-api': undefined, 'function-url': undefined });
});

test('what a URL takes and the function does not know is 404', () => {
  const unknown = run.outcomes.at(-2);
  expect(unknown?.value?.statusCode).toBe(404);
  expect(unknown && bodyOf(unknown)).toMatchObject({ code: 'NOT_FOUND' });
});
