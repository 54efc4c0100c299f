import { delivery } from '../../../handler-template/src/deliver.ts';
import { ServiceError } from '../../../handler-template/src/errors.ts';
import { hopsOf, MOST_HOPS } from '../../../handler-template/src/hops.ts';
import type { Output, Origin, Result } from '../../../handler-template/src/outputs/output.ts';
import { outputsOf } from '../../../generator/handler-parts.ts';
import { outputs } from '../../matrix/combinations.ts';

const result = (origin: Partial<Origin> = {}): Result => ({
  origin: { id: 'i', name: 'n', trigger: 'direct', ...origin },
  answer: { kind: 'json', body: { predictions: [] } },
});

/** An output that notes what it did, and fails where a test wants it. */
function noting(log: string[], name: string, fails?: 'prepare' | 'send'): Output {
  const failure = new ServiceError('OUTPUT_FAILED', name);
  return {
    prepare() {
      if (fails === 'prepare') throw failure;
      log.push(`${name} ready`);
      return () => {
        if (fails === 'send') return Promise.reject(failure);
        log.push(`${name} sent`);
        return Promise.resolve();
      };
    },
  };
}

test('all are ready before the first is sent', async () => {
  const log: string[] = [];
  await delivery([noting(log, 'a'), noting(log, 'b')])(result());
  expect(log).toEqual(['a ready', 'b ready', 'a sent', 'b sent']);
});

test('where one has no room for the answer, nothing is sent', async () => {
  const log: string[] = [];
  const deliver = delivery([noting(log, 'a'), noting(log, 'b', 'prepare')]);
  await expect(deliver(result())).rejects.toMatchObject({ code: 'OUTPUT_FAILED' });
  expect(log).toEqual(['a ready']);
});

test('what fails is thrown, and what is behind it is not sent', async () => {
  const log: string[] = [];
  const deliver = delivery([noting(log, 'a'), noting(log, 'b', 'send'), noting(log, 'c')]);
  await expect(deliver(result())).rejects.toMatchObject({ code: 'OUTPUT_FAILED', message: 'b' });
  expect(log).toEqual(['a ready', 'b ready', 'c ready', 'a sent']);
});

test('what went through too many functions is not sent on', async () => {
  const log: string[] = [];
  const deliver = delivery([noting(log, 'a')]);
  await deliver(result({ hops: MOST_HOPS }));
  expect(log).toEqual([]);
  await deliver(result({ hops: MOST_HOPS - 1 }));
  expect(log).toEqual(['a ready', 'a sent']);
});

test.each<[unknown, number]>([
  [{ hops: 3 }, 3],
  [{ hops: -1 }, 0],
  [{ hops: '3' }, 0],
  [{ hops: 1.5 }, 0],
  [{ image: '' }, 0],
  [null, 0],
  [7, 0],
])('hops of %j are %i', (value, hops) => {
  expect(hopsOf({ kind: 'json', value })).toBe(hops);
});

test('in a project, outputs that can be repeated come first', () => {
  const names = outputsOf({ outputs: outputs.toReversed() }).map(({ name }) => name);
  expect(new Set(names.slice(0, 2))).toEqual(new Set(['s3Output', 'dynamodbOutput']));
  expect(names).toHaveLength(6);
});
