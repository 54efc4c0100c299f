import { beforeAll, describe, expect, test } from '@jest/globals';
import { execa } from 'execa';
import { appendFileSync, existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { STAGES, type Auth, type Blueprint, type StageName } from '../../generator/blueprint.ts';
import { MODELS_FILE } from '../../generator/template/models-stack.ts';
import { digits, documentsOf, variants, withAuth } from '../generator/template/blueprints.ts';
import { TRIGGERS } from '../../generator/triggers/table.ts';
import { describeWith } from '../rig/need.ts';
import { samEnv } from '../rig/sam-env.ts';
import { cfnLint, check, checkov, resourcesOf, tempFolder, translate, writeDeployment } from './tools.ts';

/** Real linters on a machine that is busy with other suites. */
const SLOW = 480_000;

const root = tempFolder();
/** The stages that SAM makes something else of: a stage differs from another by its auth alone. */
function stagesOf({ stages }: Blueprint): readonly StageName[] {
  const auths = STAGES.map((stage) => stages[stage].auth);
  return STAGES.filter((_, i) => auths.lastIndexOf(auths[i] as Auth) === i);
}

/** Triggers and outputs as their flags alone stand for are in the matrix. */
const checkedHere = Object.entries(variants).filter(([name]) => !Object.hasOwn(TRIGGERS, name));

const projects = checkedHere.map(([name, blueprint], i) => ({
  name,
  folder: writeDeployment(join(root, String(i)), blueprint),
  documents: Object.keys(documentsOf(blueprint)),
  stages: stagesOf(blueprint),
}));
const templates = projects.flatMap(({ folder }) =>
  ['template.yaml', MODELS_FILE].map((file) => join(folder, file)).filter((file) => existsSync(file)),
);
const registries = projects
  .filter(({ name }) => ['iam, arm64', 'image'].includes(name))
  .map(({ folder }) => join(folder, 'registry.yaml'));
const dockerfiles = projects.map(({ folder }) => join(folder, 'Dockerfile')).filter((file) => existsSync(file));
const documents = projects.flatMap((project) => project.documents.map((file) => join(project.folder, file)));

afterAll(() => rmSync(root, { recursive: true, force: true }));

describeWith('checks', 'what is deployed, checked by others', () => {
  let translated: string[] = [];
  beforeAll(async () => {
    translated = await translate(
      projects.flatMap(({ folder, stages }) => stages.map((stage) => ({ project: folder, stage }))),
    );
  }, SLOW);

  test(
    'cfn-lint has nothing to say of any template or registry, nor of what SAM makes of it',
    async () => {
      expect(await cfnLint([...templates, ...registries], translated)).toStrictEqual([]);
    },
    SLOW,
  );

  test.each([
    ['cloudformation', 'source', () => templates],
    ['cloudformation', 'translated', () => translated],
    ['cloudformation', 'registry', () => registries],
    ['dockerfile', 'image', () => dockerfiles],
    ['openapi', 'OpenAPI', () => documents],
  ] as const)(
    'checkov, %s %s: nothing fails, and each skip says why',
    async (framework, _, files) => {
      const { failed_checks, skipped_checks, passed_checks, parsing_errors } = await checkov(framework, files());
      expect(parsing_errors).toStrictEqual([]);
      expect(
        failed_checks.map(({ check_id, resource, file_path }) => ({ check_id, resource, file_path })),
      ).toStrictEqual([]);
      expect(passed_checks.length).toBeGreaterThan(files().length);
      for (const { check_result } of skipped_checks) {
        expect(check_result.suppress_comment).toMatch(/\w+ \w+/);
        expect(check_result.suppress_comment).not.toBe('No comment provided');
      }
    },
    SLOW,
  );

  test(
    'checkov does see what is wrong: a skip that is taken away fails',
    async () => {
      const file = join(root, 'bare.yaml');
      const { execPath } = process;
      await execa(execPath, [
        '-e',
        `require('fs').writeFileSync(process.argv[1], require('fs').readFileSync(process.argv[2], 'utf8').replaceAll('checkov:skip=', ''))`,
        file,
        templates[0] ?? '',
      ]);
      const { failed_checks } = await checkov('cloudformation', [file]);
      expect(failed_checks.map(({ check_id }) => check_id).sort()).toStrictEqual(['CKV_AWS_120', 'CKV_AWS_76']);
    },
    SLOW,
  );

  test(
    'every swagger file is a valid OpenAPI document',
    async () => {
      const { stdout, stderr, exitCode } = await check('python', ['-m', 'openapi_spec_validator', ...documents]);
      expect({ stderr, exitCode }).toStrictEqual({ stderr: '', exitCode: 0 });
      expect(stdout.trim().split('\n')).toHaveLength(documents.length);
    },
    SLOW,
  );

  test(
    'a new model is a new version of the function behind the alias, as new code is',
    async () => {
      const project = writeDeployment(join(root, 'model-change'), digits);
      const version = async (): Promise<string[]> => {
        const [file = ''] = await translate([{ project, stage: 'prod' }]);
        return Object.keys(resourcesOf(file))
          .filter((id) => /^(FunctionVersion|ModelLayer|RuntimeLayer)/.test(id))
          .sort();
      };
      const [before, again] = [await version(), await version()];
      appendFileSync(join(project, 'model/labels.txt'), 'two\n');
      const after = await version();
      expect(again).toStrictEqual(before);
      expect(before.map((id, i) => id === after[i])).toStrictEqual([false, false, true]);
    },
    SLOW,
  );

  test(
    'prod goes as a canary that the errors alarm stops, dev and stage all at once',
    async () => {
      const project = writeDeployment(join(root, 'canary'), digits);
      const [file = ''] = await translate([{ project, stage: 'prod' }]);
      expect(resourcesOf(file)['FunctionDeploymentGroup']?.Properties).toMatchObject({
        DeploymentConfigName: {
          'Fn::If': [
            'IsProd',
            { 'Fn::Sub': ['CodeDeployDefault.Lambda${ConfigName}', { ConfigName: 'Canary10Percent5Minutes' }] },
            { 'Fn::Sub': ['CodeDeployDefault.Lambda${ConfigName}', { ConfigName: 'AllAtOnce' }] },
          ],
        },
        AlarmConfiguration: { Enabled: true, Alarms: [{ Name: { Ref: 'ErrorsAlarm' } }] },
      });
    },
    SLOW,
  );

  test(
    'SAM adds one stage only, and each stage gets the document of its auth',
    async () => {
      const project = writeDeployment(join(root, 'mixed'), withAuth('none', 'api-key', 'iam'));
      const [file = ''] = await translate([{ project, stage: 'stage' }]);
      const resources = resourcesOf(file);
      expect(Object.values(resources).filter(({ Type }) => Type === 'AWS::ApiGateway::Stage')).toHaveLength(1);
      const schemes = (body: unknown): unknown =>
        (body as { components: { securitySchemes?: object } }).components.securitySchemes;
      const [condition, keyed, [, open, iam] = []] = ifOf(resources['Api']?.Properties['Body']);
      expect(condition).toBe('UsesApiKey');
      expect(schemes(keyed)).toHaveProperty('apiKey');
      expect(schemes(open)).toBeUndefined();
      expect(schemes(iam)).toHaveProperty('sigv4');
      expect(resources['UsagePlan']?.Condition).toBe('UsesApiKey');
    },
    SLOW,
  );
});

/** Arguments of a `Fn::If`, those of an inner one in place of it. */
function ifOf(value: unknown): [string, unknown, [string, unknown, unknown]] {
  const [condition, then, otherwise] = (
    value as { 'Fn::If': [string, unknown, { 'Fn::If': [string, unknown, unknown] }] }
  )['Fn::If'];
  return [condition, then, otherwise['Fn::If']];
}

/** cfn-lint has seen them all: what SAM itself reads is tried on those that differ in what it reads. */
const VALIDATED = [
  'iam, arm64',
  'api key',
  'stages that differ',
  'odd description',
  'sqs, answered once',
  'outputs of its own',
  'batch of a bucket that is there',
  'all that speaks HTTP',
  'HTTP API',
  'image',
];

describeWith('sam', 'sam validate', () => {
  describe.each(projects.filter(({ name }) => VALIDATED.includes(name)).map(({ name, folder }) => ({ name, folder })))(
    '$name',
    ({ folder }) => {
      test.each([[[]], [['--lint']]])(
        '%j',
        async (flags) => {
          const { stdout, stderr, exitCode } = await execa(
            'sam',
            ['validate', '-t', join(folder, 'template.yaml'), ...flags],
            {
              cwd: folder,
              env: samEnv(),
              reject: false,
            },
          );
          expect({ exitCode, stderr }).toStrictEqual({ exitCode: 0, stderr: '' });
          expect(stdout).toContain('is a valid SAM Template');
        },
        SLOW,
      );
    },
  );
});
