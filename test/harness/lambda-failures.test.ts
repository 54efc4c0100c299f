import { LIMITS } from '../../harness/lambda/limits.ts';
import { cleanUp, does, isRunning, parsed, sampleLambda } from './sample.ts';

afterEach(cleanUp);

describe('failures', () => {
  test.each([
    ['throw', { errorType: 'TOO_MUCH', errorMessage: 'too much', trace: expect.any(Array) as unknown }, 'handler'],
    ['throwText', { errorType: 'string', errorMessage: 'just text', trace: [] }, 'handler'],
    ['circular', { errorType: 'Runtime.JSONStringifyError' }, 'handler'],
    [
      'abort',
      { errorType: 'Runtime.ExitError', errorMessage: expect.stringMatching(/signal: aborted$/) as unknown },
      'exit',
    ],
    [
      'segfault',
      { errorType: 'Runtime.ExitError', errorMessage: expect.stringMatching(/signal: segmentation fault$/) as unknown },
      'exit',
    ],
    [
      'exit',
      {
        errorType: 'Runtime.ExitError',
        errorMessage: expect.stringMatching(/exited without providing a reason$/) as unknown,
      },
      'exit',
    ],
    [
      'exit3',
      { errorType: 'Runtime.ExitError', errorMessage: expect.stringMatching(/exit status 3$/) as unknown },
      'exit',
    ],
    [
      'uncaught',
      { errorType: 'Runtime.ExitError', errorMessage: expect.stringMatching(/exit status 1$/) as unknown },
      'exit',
    ],
  ])('%s fails the call and no other', async (what, error, why) => {
    const { lambda } = await sampleLambda({}, { environments: 1 });
    await lambda.invoke(does('nan'));
    const failed = await lambda.invoke(does(what));
    expect(failed).toMatchObject({ kind: 'failed', why });
    expect(parsed(failed)).toMatchObject(error);
    expect(await lambda.invoke(does('nan'))).toMatchObject({ kind: 'answered', payload: '{"value":null}' });
    expect(lambda.starts).toBe(why === 'handler' ? 1 : 2);
  });

  test('a busy loop is ended at the timeout', async () => {
    const { lambda, lines } = await sampleLambda({ Timeout: 1 });
    const { pid } = parsed(await lambda.invoke(does('tell'))) as { pid: number };
    const begun = Date.now();
    const late = await lambda.invoke(does('busy'));
    expect(Date.now() - begun).toBeLessThan(1_500);
    expect(late.payload).toBe(
      `{"errorType":"Sandbox.Timedout","errorMessage":"RequestId: ${late.requestId} Error: Task timed out after 1.00 seconds"}`,
    );
    expect(late).toMatchObject({ kind: 'failed', why: 'timeout', report: { duration: 1000, billed: 1000 } });
    expect(lines.at(-2)).toMatch(/\tStatus: timeout$/);
    expect(lines.at(-1)).toMatch(/Task timed out after 1\.00 seconds$/);
    expect(isRunning(pid)).toBe(false);
    expect(await lambda.invoke(does('nan'))).toMatchObject({ kind: 'answered' });
  });

  test('a promise that never settles is ended at the timeout', async () => {
    const { lambda } = await sampleLambda({ Timeout: 1 });
    expect(await lambda.invoke(does('wait'))).toMatchObject({ kind: 'failed', why: 'timeout' });
  });

  test('more memory than the template gives ends the call', async () => {
    const { lambda } = await sampleLambda({ Memory: 128 });
    const hog = await lambda.invoke(does('hog'));
    expect(hog).toMatchObject({ kind: 'failed', why: 'memory', report: { memorySize: 128, maxMemoryUsed: 128 } });
    expect(parsed(hog)['errorType']).toBe('Runtime.OutOfMemory');
    expect(await lambda.invoke(does('nan'))).toMatchObject({ kind: 'answered' });
  });
});

describe('the start', () => {
  test('an error at init is the answer, after a second try', async () => {
    const { lambda, lines } = await sampleLambda({ Init: 'throw' });
    const failed = await lambda.invoke(does('nan'));
    expect(failed).toMatchObject({ kind: 'failed', why: 'init' });
    expect(parsed(failed)).toMatchObject({ errorType: 'MODEL_GONE', errorMessage: 'no model' });
    expect(lambda.starts).toBe(2);
    expect(lines.some((line) => /^INIT_REPORT Init Duration: [\d.]+ ms\tPhase: init\tStatus: error$/.test(line))).toBe(
      true,
    );
  });

  test('the second try of a start may go well', async () => {
    const { lambda } = await sampleLambda({ Init: 'throw-once' });
    expect(await lambda.invoke(does('nan'))).toMatchObject({ kind: 'answered', report: { init: undefined } });
    expect(lambda.starts).toBe(2);
  });

  test('a process that ends while it starts is an ExitError', async () => {
    const { lambda } = await sampleLambda({ Init: 'exit' });
    const failed = await lambda.invoke(does('nan'));
    expect(failed).toMatchObject({ kind: 'failed', why: 'exit' });
    expect(parsed(failed)['errorMessage']).toMatch(/exit status 7$/);
  });

  test('a start of over 10 s is done again under the timeout of the function', async () => {
    const once = await sampleLambda({ Init: 'slow-once', Timeout: 3 });
    const always = await sampleLambda({ Init: 'slow', Timeout: 1 });
    const begun = performance.now();
    const [well, late] = await Promise.all([once.lambda.invoke(does('nan')), always.lambda.invoke(does('nan'))]);
    expect(performance.now() - begun).toBeGreaterThan(LIMITS.init);
    expect(well).toMatchObject({ kind: 'answered', report: { init: undefined } });
    expect(late).toMatchObject({ kind: 'failed', why: 'timeout', report: { duration: 1000 } });
    expect(
      once.lines.some((line) =>
        /^INIT_REPORT Init Duration: 10\d\d\d\.\d\d ms\tPhase: init\tStatus: timeout$/.test(line),
      ),
    ).toBe(true);
  });
});
