import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { Service } from '../service.ts';
import { digitsBehind, eventOf } from './behind.ts';

let service: Service;
beforeAll(async () => {
  service = await digitsBehind([{ kind: 'schedule', at: 'rate(5 minutes)' }]);
}, 60_000);
afterAll(() => service.dispose());

test('a ping runs no model and is no prediction', async () => {
  const event = eventOf({ kind: 'schedule', at: 'rate(5 minutes)' });
  const { outcomes, log } = await service.run([event], { env: {} });
  expect(outcomes[0]?.value).toStrictEqual({ warm: true });
  const counted = log.flatMap((line) => Object.keys(line));
  for (const metric of ['Predictions', 'Refused', 'Failed', 'InferenceTime']) expect(counted).not.toContain(metric);
});
