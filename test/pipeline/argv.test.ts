import { expect, test } from '@jest/globals';
import * as argv from '../../pipeline/sam/argv.ts';
import { parseVersion } from '../../pipeline/sam/check.ts';

const plan = {
  template: '.aws-sam/build/template.yaml',
  configFile: '/p/samconfig.yaml',
  stage: 'prod',
  stackName: 'api-prod',
  region: 'eu-west-1',
  uploads: { bucket: undefined, prefix: 'api-prod', repository: undefined },
  parameters: { Stage: 'prod' },
  capabilities: [],
};

test('a deployment makes a change set and executes none', () => {
  const args = argv.deploy(plan);
  expect(args).toEqual([
    'deploy', '--template-file', '.aws-sam/build/template.yaml', '--config-file', '/p/samconfig.yaml', '--config-env', 'prod',
    '--stack-name', 'api-prod', '--region', 'eu-west-1', '--resolve-s3', '--s3-prefix', 'api-prod',
    '--parameter-overrides', 'ParameterKey=Stage,ParameterValue=prod',
    '--no-execute-changeset', '--no-confirm-changeset', '--no-fail-on-empty-changeset', '--no-progressbar',
  ]); // prettier-ignore
});

test('without a samconfig the capabilities come along', () => {
  const args = argv.deploy({ ...plan, configFile: undefined, capabilities: ['CAPABILITY_IAM'] });
  expect(args).not.toContain('--config-env');
  expect(args.join(' ')).toContain('--capabilities CAPABILITY_IAM');
});

test.each([
  [{ bucket: 'b', prefix: 'p', repository: undefined }, ['--no-resolve-s3', '--s3-bucket', 'b', '--s3-prefix', 'p']],
  [
    { bucket: undefined, prefix: 'p', repository: 'made by SAM' as const },
    ['--resolve-s3', '--s3-prefix', 'p', '--resolve-image-repos'],
  ],
  [
    { bucket: 'b', prefix: 'p', repository: { uri: 'host/r' } },
    ['--no-resolve-s3', '--s3-bucket', 'b', '--s3-prefix', 'p', '--image-repository', 'host/r'],
  ],
])('%j: deployed and packaged alike', (uploads, expected) => {
  const from = (args: argv.Argv): readonly string[] => args.slice(args.findIndex((arg) => arg.endsWith('resolve-s3')));
  expect(from(argv.deploy({ ...plan, uploads })).slice(0, expected.length)).toEqual(expected);
  const packaged = argv.packaged({ template: 't', region: 'r', uploads, output: 'o' });
  expect(from(packaged).slice(0, expected.length)).toEqual(expected);
  expect(from(packaged).slice(expected.length)).toEqual(['--output-template-file', 'o', '--no-progressbar']);
});

test('a template that refers to no files goes without a bucket', () => {
  expect(argv.deploy({ ...plan, uploads: undefined }).filter((arg) => /s3|image/.test(arg))).toEqual([]);
});

test.each([
  ['one', 'ParameterKey=A,ParameterValue=one'],
  ['two words', 'ParameterKey=A,ParameterValue="two words"'],
  ['say "x"', 'ParameterKey=A,ParameterValue="say \\"x\\""'],
])('a parameter %j is one argument that SAM reads back', (value, expected) => {
  const args = argv.localInvoke({
    template: 't',
    parameters: { A: value },
    skipPull: false,
    functionId: 'F',
    event: 'e',
  });
  expect(args).toContain(expected);
  expect(args).not.toContain('--skip-pull-image');
});

test('an image that is there is not pulled', () => {
  const call = { template: 't', parameters: {}, skipPull: true };
  expect(argv.localInvoke({ ...call, functionId: 'F', event: 'e' })).toContain('--skip-pull-image');
  expect(argv.localStartApi({ ...call, host: '127.0.0.1', port: 3000 })).toContain('--skip-pull-image');
});

test('nothing of an argument is ever read by a shell: names stay whole', () => {
  const args = argv.remoteInvoke({ stackName: '$(id)', functionId: 'F', qualifier: 'live', event: 'a b', region: 'r' });
  expect(args).toContain('$(id)');
  expect(args).toContain('a b');
  expect(args).toContain('Qualifier=live');
});

test('the version of the SAM CLI, and of nothing else', () => {
  expect(parseVersion('SAM CLI, version 1.170.0\n')).toBe('1.170.0');
  expect(parseVersion('sam 0.1 - a sequence aligner')).toBeUndefined();
});
