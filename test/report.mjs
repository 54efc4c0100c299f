import { writeFileSync } from 'node:fs';

/** Between the name of a group of tests and why it was left out; test/rig/need.ts writes it. */
const NOT_RUN = ' — not run, because ';

/**
 * Ends a test run with what was not run and how to get it, then a line that a script can read: `12 passed, 0 failed`.
 * scripts/test.mjs asks for the lines in a file, to print them after everything else.
 */
export default class Report {
  onRunComplete(_contexts, results) {
    const lines = [...leftOut(results), count(results)];
    const file = process.env.ONNX_LAMBDA_TEST_REPORT;
    if (file) writeFileSync(file, lines.join('\n'));
    else console.log(lines.join('\n'));
  }
}

function count({ numPassedTests, numFailedTests, numRuntimeErrorTestSuites, numPendingTests, numTodoTests }) {
  const skipped = numPendingTests + numTodoTests;
  const failed = numFailedTests + numRuntimeErrorTestSuites;
  return `${numPassedTests} passed, ${failed} failed${skipped ? `, ${skipped} skipped` : ''}`;
}

function leftOut({ testResults }) {
  const groups = new Map();
  const skipped = testResults.flatMap((file) => file.testResults).filter(({ status }) => status === 'pending');
  for (const { ancestorTitles, fullName } of skipped) {
    const marked = ancestorTitles.find((title) => title.includes(NOT_RUN));
    const [name, why] = marked ? marked.split(NOT_RUN) : [fullName, 'it is switched off'];
    const group = groups.get(why) ?? new Map();
    groups.set(why, group.set(name, (group.get(name) ?? 0) + 1));
  }
  return [...groups].flatMap(([why, names]) => [
    `Not run, because ${why}:`,
    ...[...names].map(([name, tests]) => `  ${name}: ${tests} ${tests === 1 ? 'test' : 'tests'}`),
  ]);
}
