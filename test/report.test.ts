import { afterEach, expect, test } from '@jest/globals';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Report from './report.mjs';
import { NOT_RUN } from './rig/need.ts';

const before = process.env['ONNX_LAMBDA_TEST_REPORT'];
afterEach(() => {
  if (before === undefined) delete process.env['ONNX_LAMBDA_TEST_REPORT'];
  else process.env['ONNX_LAMBDA_TEST_REPORT'] = before;
});

function linesFor(results: object): string[] {
  const folder = mkdtempSync(join(tmpdir(), 'report-'));
  const file = (process.env['ONNX_LAMBDA_TEST_REPORT'] = join(folder, 'report.txt'));
  const counts = {
    numPassedTests: 0,
    numFailedTests: 0,
    numRuntimeErrorTestSuites: 0,
    numPendingTests: 0,
    numTodoTests: 0,
  };
  new Report().onRunComplete([], { ...counts, testResults: [], ...results });
  const text = readFileSync(file, 'utf8');
  rmSync(folder, { recursive: true });
  return text.split('\n');
}

test('the last line counts tests, and a file that did not even load as a failure', () => {
  expect(linesFor({ numPassedTests: 12, numFailedTests: 1, numRuntimeErrorTestSuites: 1 })).toEqual([
    '12 passed, 2 failed',
  ]);
});

test('what was left out is named once for each reason, before the last line', () => {
  const skipped = (group: string, name: string): object => ({
    ancestorTitles: [group],
    fullName: `${group} ${name}`,
    status: 'pending',
  });
  const docker = `sam local${NOT_RUN}no Docker engine answers (get it with test/rig/base-image.sh)`;
  const testResults = [
    { testResults: [skipped(docker, 'a'), skipped(docker, 'b'), { ...skipped('x', 'y'), status: 'passed' }] },
    { testResults: [skipped('group', 'is off')] },
  ];
  expect(linesFor({ numPassedTests: 1, numPendingTests: 3, testResults })).toEqual([
    'Not run, because no Docker engine answers (get it with test/rig/base-image.sh):',
    '  sam local: 2 tests',
    'Not run, because it is switched off:',
    '  group is off: 1 test',
    '1 passed, 0 failed, 3 skipped',
  ]);
});
