import { existsSync, readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { LIMITS } from '../../harness/lambda/limits.ts';
import type { Invocation } from '../../harness/lambda/invocation.ts';
import { cleanUp, does, isRunning, parsed, sampleLambda, until } from './sample.ts';

afterEach(cleanUp);

test('the function sees what Lambda gives it, and nothing of the host', async () => {
  process.env['HOST_SECRET'] = 'secret';
  const { lambda, project } = await sampleLambda();
  const told = parsed(await lambda.invoke(does('tell')));
  const environment = told['environment'] as Record<string, string>;
  expect(environment).toMatchObject({
    AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs24.x',
    AWS_LAMBDA_FUNCTION_MEMORY_SIZE: '256',
    AWS_LAMBDA_FUNCTION_NAME: 'sample-dev-predict',
    AWS_LAMBDA_FUNCTION_VERSION: '$LATEST',
    AWS_LAMBDA_INITIALIZATION_TYPE: 'on-demand',
    AWS_LAMBDA_LOG_GROUP_NAME: '/aws/lambda/sample-dev-predict',
    AWS_REGION: 'eu-central-1',
    FROM_GLOBALS: 'yes',
    LEVEL: 'INFO',
    STAGE: 'dev',
    TZ: ':UTC',
    _HANDLER: 'handler.handler',
  });
  expect(Object.values(environment)).not.toContain('secret');
  expect(environment['MODEL_FILE']).toBe(`${project.root}/model/model.txt`);
  expect(environment['LAMBDA_TASK_ROOT']).toBe(told['cwd']);
  expect(told['model']).toBe('a model');
  expect(told['onnxruntime']).toMatch(/onnxruntime-node/);
  expect(told['remaining']).toBeGreaterThan(2_000);
  expect(told['remaining']).toBeLessThanOrEqual(3_000);
});

test('variables of the host are there when they are asked for', async () => {
  const { lambda } = await sampleLambda({}, { variables: { AWS_ACCESS_KEY_ID: 'asked' } });
  const { environment } = parsed(await lambda.invoke(does('tell'))) as { environment: Record<string, string> };
  expect(environment['AWS_ACCESS_KEY_ID']).toBe('asked');
});

test('a second call finds the environment warm', async () => {
  const { lambda, lines } = await sampleLambda();
  const first = await lambda.invoke(does('tell'));
  const second = await lambda.invoke(does('tell'));
  expect(parsed(second)['pid']).toBe(parsed(first)['pid']);
  expect(lambda.starts).toBe(1);
  const reports = lines.filter((line) => line.startsWith('REPORT'));
  expect(reports[0]).toMatch(/\tInit Duration: \d+\.\d\d ms$/);
  expect(reports[1]).not.toMatch(/Init Duration/);
});

test('the REPORT line is true: time, start billed, peak memory', async () => {
  const { lambda, lines } = await sampleLambda();
  const before = await lambda.invoke(does('nan'));
  const held = await lambda.invoke(does('hold', { bytes: 100 * 1024 * 1024 }));
  const busy = await lambda.invoke(does('busy', { ms: 200 }));
  if (before.kind !== 'answered' || held.kind !== 'answered' || busy.kind !== 'answered')
    throw new Error(lines.join('\n'));
  expect(before.report.billed).toBe(Math.ceil(before.report.duration + (before.report.init ?? NaN)));
  expect(before.report.init).toBeGreaterThan(20);
  expect(held.report.init).toBeUndefined();
  expect(held.report.maxMemoryUsed - before.report.maxMemoryUsed).toBeGreaterThanOrEqual(95);
  expect(held.report.maxMemoryUsed - before.report.maxMemoryUsed).toBeLessThan(115);
  expect(busy.report.duration).toBeGreaterThanOrEqual(200);
  expect(busy.report.billed).toBe(Math.ceil(busy.report.duration));
  const { requestId, report } = busy;
  expect(lines).toContain(`START RequestId: ${requestId} Version: $LATEST`);
  expect(lines).toContain(`END RequestId: ${requestId}`);
  expect(lines.at(-1)).toBe(
    [
      `REPORT RequestId: ${requestId}`,
      `Duration: ${report.duration.toFixed(2)} ms`,
      `Billed Duration: ${report.billed} ms`,
      'Memory Size: 256 MB',
      `Max Memory Used: ${report.maxMemoryUsed} MB`,
    ].join('\t'),
  );
});

test('console writes as in Lambda, between START and END', async () => {
  const { lambda, lines } = await sampleLambda();
  const { requestId } = await lambda.invoke(does('log'));
  const at = (text: string): number => lines.findIndex((line) => line.includes(text));
  expect(lines[at('\tINFO\t')]).toMatch(new RegExp(`^\\d{4}-[\\d-]+T[\\d:.]+Z\t${requestId}\tINFO\tone\rtwo$`));
  expect(lines[at('\tERROR\t')]).toMatch(/\tbad 7$/);
  expect(at('START')).toBeLessThan(at('\tINFO\t'));
  expect(at('\tERROR\t')).toBeLessThan(at('END'));
});

describe('payloads', () => {
  // A JSON text of n characters has two quotes around n - 2.
  test('an answer of 6,291,556 bytes is the longest', async () => {
    const { lambda } = await sampleLambda({ Memory: 512 }, { environments: 1 });
    expect(await lambda.invoke(does('text', { bytes: LIMITS.payload - 2 }))).toMatchObject({ kind: 'answered' });
    const long = await lambda.invoke(does('text', { bytes: LIMITS.payload - 1 }));
    expect(long).toMatchObject({ kind: 'failed', why: 'response-size' });
    expect(parsed(long)).toEqual({
      errorType: 'Function.ResponseSizeTooLarge',
      errorMessage: 'Response payload size exceeded maximum allowed payload size (6291556 bytes).',
    });
    expect(await lambda.invoke(does('nan'))).toMatchObject({ kind: 'answered' });
    expect(lambda.starts).toBe(1);
  });

  test('an event over 6,291,556 bytes never gets to the function', async () => {
    const { lambda } = await sampleLambda({ Memory: 512 });
    const event = (bytes: number): string =>
      does('nan', { fill: 'x'.repeat(bytes - does('nan', { fill: '' }).length) });
    expect(await lambda.invoke(event(LIMITS.payload + 1))).toMatchObject({ kind: 'refused', status: 413 });
    expect(lambda.starts).toBe(0);
    expect(await lambda.invoke(event(LIMITS.payload))).toMatchObject({ kind: 'answered' });
  });

  test('NaN is null, nothing is null: as JSON has it', async () => {
    const { lambda } = await sampleLambda();
    expect((await lambda.invoke(does('nan'))).payload).toBe('{"value":null}');
    expect((await lambda.invoke(does('nothing'))).payload).toBe('null');
  });
});

describe('many at once', () => {
  test('100 requests at a cold start: one load per environment', async () => {
    const { lambda } = await sampleLambda({}, { environments: 2 });
    const answers = await Promise.all(Array.from({ length: 100 }, () => lambda.invoke(does('tell'))));
    expect(answers.every(({ kind }) => kind === 'answered')).toBe(true);
    expect(new Set(answers.map((answer) => parsed(answer)['id'])).size).toBe(2);
    expect(lambda.starts).toBe(2);
  });

  test('over the reserved concurrency a request is refused', async () => {
    const { lambda } = await sampleLambda({ Reserved: 3 }, { environments: 2 });
    const answers = await Promise.all(Array.from({ length: 5 }, () => lambda.invoke(does('wait', { ms: 100 }))));
    expect(answers.map(({ kind }) => kind).sort()).toEqual(['answered', 'answered', 'answered', 'refused', 'refused']);
    expect(parsed(answers.find(({ kind }) => kind === 'refused') as Invocation)['errorType']).toBe(
      'TooManyRequestsException',
    );
    expect(await lambda.invoke(does('nan'))).toMatchObject({ kind: 'answered' });
  });

  test('closing ends what runs and what waits, and leaves nothing behind', async () => {
    const { lambda } = await sampleLambda({}, { environments: 1 });
    const { pid } = parsed(await lambda.invoke(does('tell'))) as { pid: number };
    const under = [lambda.invoke(does('busy')), lambda.invoke(does('nan'))];
    await new Promise((resolve) => setTimeout(resolve, 100));
    await lambda.close();
    for (const answer of await Promise.all(under)) expect(answer).toMatchObject({ kind: 'refused', status: 503 });
    expect(await until(() => !isRunning(pid))).toBe(true);
    expect(readdirSync(tmpdir()).filter((name) => name.startsWith(`onnx-lambda-${process.pid}-`))).toEqual([]);
    expect(await lambda.invoke(does('nan'))).toMatchObject({ kind: 'refused', status: 503 });
  });

  test('draining lets what runs come to its end', async () => {
    const { lambda } = await sampleLambda({}, { environments: 1 });
    const under = [lambda.invoke(does('wait', { ms: 200 })), lambda.invoke(does('tell'))];
    await lambda.drain();
    const [waited, told] = await Promise.all(under);
    expect(waited).toMatchObject({ kind: 'answered', payload: '"done"' });
    expect(existsSync(String(parsed(told as Invocation)['cwd']))).toBe(false);
  });
});
