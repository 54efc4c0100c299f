import Table from 'cli-table3';
import type { Command } from '../../generator/io.ts';
import { buildFunction } from '../build/build.ts';
import { withAws } from '../local-aws/with-aws.ts';
import { brief, predictionsIn } from '../fixtures.ts';
import { runFixtures, type FixtureResult } from '../run-fixtures.ts';
import { openProject } from '../template/project.ts';
import { withLambda } from './with-lambda.ts';

export interface TestOptions {
  readonly json?: boolean;
  readonly stage?: string;
}

/**
 * Sends every fixture to the built function and compares its answers with the expected ones. stdout has a table, or with `--json` one
 * object: `{version, project, passed, failed, results: FixtureResult[]}`. What the function printed follows on stderr where one failed.
 */
export const test: Command<TestOptions> = async ({ json = false, stage }, io) => {
  const project = await openProject(io.cwd, stage);
  const build = await buildFunction(project);
  const lines: string[] = [];
  // On this machine, wherever the shell leads: a pipeline tests before anything is deployed, and fixtures are nobody's requests.
  return withAws(project, { env: {} }, false, ({ variables }) => {
    const settings = { log: (line: string) => lines.push(line), environments: 1, variables };
    return withLambda(project, build, settings, io, async (lambda) => {
      const results = await runFixtures(project, lambda, (result) => {
        io.signal.throwIfAborted();
        if (!result.passed) io.stderr.write(`${[`${result.fixture}: ${result.why ?? ''}`, ...lines].join('\n')}\n`);
        lines.length = 0;
      });
      const failed = results.filter(({ passed }) => !passed).length;
      const summary = { version: 2, project: project.root, passed: results.length - failed, failed, results };
      io.stdout.write(json ? `${JSON.stringify(summary, null, 2)}\n` : `${tableOf(results)}\n`);
      io.stderr.write(`${summary.passed} passed, ${failed} failed\n`);
      return failed > 0 || results.length === 0 ? 1 : 0;
    });
  });
};

/** What an answer says first, as a person reads it. */
const said = (answer: unknown): string => {
  const [best] = predictionsIn((answer as { predictions?: unknown } | null)?.predictions ?? answer) ?? [];
  return best ? `${best.className} ${best.probability.toFixed(4)}` : brief(answer, 40);
};

function tableOf(results: readonly FixtureResult[]): string {
  const table = new Table({ head: ['fixture', 'expected', 'got', 'ms', ''], style: { head: [], border: [] } });
  for (const { fixture, expected, got, ms, initMs, passed, why } of results) {
    const time = ms === null ? '–' : `${ms.toFixed(1)}${initMs === null ? '' : ` + start ${initMs.toFixed(0)}`}`;
    table.push([fixture, said(expected), said(got), time, passed ? 'ok' : `FAILED: ${why ?? ''}`]);
  }
  return table.toString();
}
