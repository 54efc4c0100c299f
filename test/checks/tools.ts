import { execa } from 'execa';
import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Blueprint, StageName } from '../../generator/blueprint.ts';
import { dockerfile } from '../../generator/render/dockerfile.ts';
import { deploymentFiles } from '../../generator/template/files.ts';
import { RIG, ROOT } from '../rig/paths.ts';

/** Runs one of the checkers of requirements.txt; a finding is a result, not an exception. */
export const check = (tool: string, args: readonly string[], cwd = ROOT) =>
  execa(`${RIG}checks/bin/${tool}`, args, {
    cwd,
    reject: false,
    stdin: 'ignore',
    // checkov asks its maker's server for things otherwise, and colours spoil what it prints.
    env: { AWS_DEFAULT_REGION: 'us-east-1', NO_COLOR: '1', BC_SKIP_MAPPING: 'TRUE' },
  });

export const tempFolder = (): string => mkdtempSync(join(tmpdir(), 'checks-'));

/** Writes what a blueprint is deployed from, with a stand-in for each folder that the template points at. */
export function writeDeployment(folder: string, blueprint: Blueprint): string {
  for (const part of ['src', 'runtime', 'model', 'beside-model']) {
    mkdirSync(join(folder, part), { recursive: true });
  }
  writeFileSync(
    join(folder, 'src/handler.mjs'),
    'export const handler = async () => ({ statusCode: 200, body: "1" });\n',
  );
  writeFileSync(join(folder, 'runtime/package.json'), '{"name":"runtime","version":"1.0.0"}\n');
  writeFileSync(join(folder, 'model/labels.txt'), 'zero\none\n');
  const image = blueprint.package.kind === 'image' ? { Dockerfile: dockerfile(blueprint) } : {};
  for (const [path, text] of Object.entries({ ...deploymentFiles(blueprint), ...image }))
    writeFileSync(join(folder, path), text);
  return folder;
}

export interface TranslatedResource {
  readonly Type: string;
  readonly Condition?: string;
  readonly Properties: Readonly<Record<string, unknown>>;
}

/** What CloudFormation makes of each project for a stage; the files' paths, in the same order. */
export async function translate(jobs: readonly { project: string; stage: StageName }[]): Promise<string[]> {
  const files = jobs.map(({ project, stage }) => join(project, `translated-${stage}.json`));
  const args = jobs.flatMap(({ project, stage }, i) => [project, stage, files[i] ?? '']);
  const { exitCode, stderr } = await check('python', [join(ROOT, 'test/checks/translate.py'), ...args]);
  if (exitCode !== 0) throw new Error(`translate.py ended with ${exitCode}:\n${stderr}`);
  return files;
}

export const resourcesOf = (file: string): Record<string, TranslatedResource> =>
  (JSON.parse(readFileSync(file, 'utf8')) as { Resources: Record<string, TranslatedResource> }).Resources;

/** cfn-lint's findings in templates, and in what SAM made of them: a line each, as `file:line:column:…: message`. */
export async function cfnLint(sources: readonly string[], translated: readonly string[]): Promise<string[]> {
  // Where SAM puts a parameter's value in the place of its name, the parameter is no longer used.
  const runs = [sources, ['--ignore-checks', 'W2001', '--', ...translated]];
  const found = await Promise.all(
    runs.map(async (args) => {
      const { stdout, stderr, exitCode } = await check('cfn-lint', ['--format', 'parseable', ...args]);
      if (stdout === '' && exitCode !== 0) throw new Error(`cfn-lint ended with ${String(exitCode)}:\n${stderr}`);
      return stdout.split('\n').filter(Boolean);
    }),
  );
  return found.flat();
}

interface CheckovReport {
  readonly check_type: string;
  readonly results: {
    readonly passed_checks: readonly { file_path: string }[];
    readonly failed_checks: readonly { check_id: string; resource: string; file_path: string }[];
    readonly skipped_checks: readonly { check_id: string; check_result: { suppress_comment: string } }[];
    readonly parsing_errors: readonly string[];
  };
}

/** checkov's findings in one kind of file, offline. */
export async function checkov(
  framework: 'cloudformation' | 'openapi' | 'dockerfile',
  files: readonly string[],
): Promise<CheckovReport['results']> {
  const args = ['--framework', framework, '--skip-download', '-o', 'json', ...files.flatMap((file) => ['-f', file])];
  const { stdout, stderr } = await check('checkov', args, tempFolder());
  const reports = [JSON.parse(stdout) as CheckovReport | CheckovReport[]].flat();
  const report = reports.find(({ check_type }) => check_type === framework);
  if (!report) throw new Error(`checkov found no ${framework} in ${files.join(', ')}:\n${stderr}`);
  return report.results;
}
