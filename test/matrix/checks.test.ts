import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { cfnLint, checkov, tempFolder, translate, writeDeployment } from '../checks/tools.ts';
import { describeWith } from '../rig/need.ts';
import { covering } from './combinations.ts';

/** Real linters on a machine that is busy with other suites. */
const SLOW = 600_000;

const root = tempFolder();
const folders = covering.map(({ blueprint }, i) => writeDeployment(join(root, String(i)), blueprint));
const templates = folders.map((folder) => join(folder, 'template.yaml'));

afterAll(() => rmSync(root, { recursive: true, force: true }));

describeWith('checks', 'every trigger with every output, checked by others', () => {
  let translated: string[] = [];
  beforeAll(async () => {
    translated = await translate(folders.map((project) => ({ project, stage: 'prod' })));
  }, SLOW);

  /** Which project a file is of. */
  const nameOf = (path: string): string | undefined =>
    covering.find((_, i) => path.includes(join(root, String(i), '/')))?.name;

  test(
    'cfn-lint has nothing to say of any template, nor of what SAM makes of it',
    async () => {
      const findings = await cfnLint(templates, translated);
      expect(findings.map((line) => `${nameOf(line) ?? ''}: ${line.split(':').slice(5).join(':')}`)).toEqual([]);
    },
    SLOW,
  );

  test.each([
    ['source', () => templates],
    ['translated', () => translated],
  ] as const)(
    'checkov, %s: nothing fails, and each skip says why',
    async (_, files) => {
      const { failed_checks, skipped_checks, passed_checks, parsing_errors } = await checkov('cloudformation', files());
      expect(parsing_errors).toEqual([]);
      expect(
        failed_checks.map(
          ({ check_id, resource, file_path }) => `${nameOf(file_path) ?? file_path}: ${resource} ${check_id}`,
        ),
      ).toEqual([]);
      expect(passed_checks.length).toBeGreaterThan(files().length);
      expect(skipped_checks.map((one) => one.check_result.suppress_comment)).toEqual(
        skipped_checks.map((): unknown => expect.stringMatching(/\w+ \w+ \w+/)),
      );
    },
    SLOW,
  );
});
