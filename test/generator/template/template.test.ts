import { STAGES } from '../../../generator/blueprint.ts';
import { definitionBody } from '../../../handler-template/src/triggers/rest-api/emit-api.ts';
import type { Properties, Template } from '../../../generator/template/cloudformation.ts';
import { deploymentFiles } from '../../../generator/template/files.ts';
import { MODELS_FILE, modelsTemplate } from '../../../generator/template/models-stack.ts';
import { registryTemplate } from '../../../generator/template/registry.ts';
import { samConfig } from '../../../generator/template/samconfig.ts';
import { samTemplate } from '../../../generator/template/template.ts';
import { parseYaml } from '../../../generator/yaml.ts';
import { conditionsIn, references } from '../../matrix/references.ts';
import { digits, documentsOf, ODD_DESCRIPTION, over, variants, withAuth } from './blueprints.ts';

const template = samTemplate(digits);
const properties = (id: string, of: Template = template): Properties => of.Resources[id]?.Properties ?? {};

describe.each(Object.keys(variants))('%s', (name) => {
  const blueprint = variants[name] ?? digits;
  const built = samTemplate(blueprint);

  test('refers to nothing that is not there', () => {
    const known = new Set([...Object.keys(built.Resources), ...Object.keys(built.Parameters)]);
    const unknown = [...references(built), ...references(Object.values(documentsOf(blueprint)))]
      .map((reference) => reference.split('.')[0] ?? '')
      .filter((reference) => !reference.startsWith('AWS::') && !known.has(reference));
    expect(unknown).toStrictEqual([]);
  });

  test('has the conditions that it uses, and no others', () => {
    const used = new Set([...conditionsIn(built.Resources), ...conditionsIn(built.Outputs)]);
    expect([...used].sort()).toStrictEqual(Object.keys(built.Conditions).sort());
  });

  test('the files come back as the values that they were made of', () => {
    const files = deploymentFiles(blueprint);
    const {
      'template.yaml': text,
      'samconfig.yaml': config,
      'registry.yaml': registry,
      [MODELS_FILE]: models,
      ...documents
    } = files;
    expect(parseYaml(text ?? '', 'template.yaml')).toStrictEqual(built);
    expect(parseYaml(config ?? '', 'samconfig.yaml')).toStrictEqual(samConfig(blueprint));
    expect(parseYaml(registry ?? '', 'registry.yaml')).toStrictEqual(registryTemplate(blueprint));
    if (models !== undefined) expect(parseYaml(models, MODELS_FILE)).toStrictEqual(modelsTemplate(blueprint));
    const read = Object.entries(documents).map(([path, document]) => [path, parseYaml(document, path)]);
    expect(Object.fromEntries(read)).toStrictEqual(documentsOf(blueprint));
  });
});

test('the function is what the build and the handler rely on', () => {
  expect(template.Resources['Function']?.Metadata).toMatchObject({
    BuildMethod: 'esbuild',
    BuildProperties: {
      EntryPoints: ['handler.ts'],
      Format: 'esm',
      OutExtension: ['.js=.mjs'],
      External: ['onnxruntime-node', 'sharp'],
    },
  });
  expect(properties('Function')).toMatchObject({
    Handler: 'handler.handler',
    Runtime: 'nodejs24.x',
    Architectures: ['arm64'],
    AutoPublishAlias: 'live',
    AutoPublishAliasAllProperties: true,
    VersionDescription: { 'Fn::Sub': '${MemorySize} MB, pages of ${AllowOrigin}' },
    Environment: { Variables: { MODEL_FILE: '/opt/model.onnx' } },
  });
  expect(properties('RuntimeLayer')).toMatchObject({ ContentUri: 'runtime/', PublishLambdaVersion: true });
  expect(template.Resources['RuntimeLayer']?.Metadata).toStrictEqual({
    BuildMethod: 'nodejs24.x',
    BuildArchitecture: 'arm64',
  });
  expect(properties('ModelLayer')).toMatchObject({ ContentUri: 'model/', PublishLambdaVersion: true });
  expect(template.Resources['ModelLayer']).not.toHaveProperty('Metadata');
  expect(Object.keys(template.Outputs)).toStrictEqual([
    'ApiUrl',
    'FunctionName',
    'FunctionArn',
    'ModelVersion',
    'StageName',
  ]);
});

test('memory and timeout come from the blueprint', () => {
  const other = { ...digits, function: { ...digits.function, memory: 3008, timeout: 10 } };
  const built = samTemplate(other);
  expect(built.Parameters['MemorySize']?.['Default']).toBe(3008);
  expect(properties('Function', built)['Timeout']).toBe(10);
  expect(properties('DurationAlarm', built)['Threshold']).toBe(8000);
  expect(properties('LatencyAlarm', built)['Threshold']).toBe(8000);
});

test('a long timeout does not make the API wait longer than API Gateway does', () => {
  const built = samTemplate({ ...digits, function: { ...digits.function, timeout: 900 } });
  expect(properties('DurationAlarm', built)['Threshold']).toBe(720_000);
  expect(properties('LatencyAlarm', built)['Threshold']).toBe(23_200);
});

test('the role may write to its own log group and to X-Ray, which knows no resources: nothing else', () => {
  const [policy] = properties('FunctionRole')['Policies'] as { PolicyDocument: { Statement: Properties[] } }[];
  expect(policy?.PolicyDocument.Statement).toStrictEqual([
    {
      Effect: 'Allow',
      Action: ['logs:CreateLogStream', 'logs:PutLogEvents'],
      Resource: { 'Fn::GetAtt': ['LogGroup', 'Arn'] },
    },
    { Effect: 'Allow', Action: ['xray:PutTraceSegments', 'xray:PutTelemetryRecords'], Resource: '*' },
  ]);
  expect(properties('FunctionRole')).not.toHaveProperty('ManagedPolicyArns');
});

test('API Gateway may call the alias for all routes of this stage of this API', () => {
  const arn = (of: Template, id: string): unknown => (properties(id, of)['SourceArn'] as Properties)['Fn::Sub'];
  expect(properties('ApiPermission')['FunctionName']).toStrictEqual({ Ref: 'Function.Alias' });
  expect(arn(template, 'ApiPermission')).toMatch(/:\$\{Api\}\/\$\{Stage\}\/\*$/);
  expect(arn(samTemplate(over(['http-api'])), 'HttpApiPermission')).toMatch(/:\$\{HttpApi\}\/\*\/\*$/);
});

test('every skipped check says why', () => {
  const skips = Object.values(template.Resources).flatMap(({ Metadata }) => {
    const checkov = Metadata?.['checkov'] as { skip: { id: string; comment: string }[] } | undefined;
    return checkov?.skip ?? [];
  });
  expect(skips.length).toBeGreaterThan(0);
  for (const { id, comment } of skips) {
    expect(id).toMatch(/^CKV_AWS_\d+$/);
    expect(comment.length).toBeGreaterThan(30);
  }
  // CloudFormation refuses tags with other characters.
  for (const value of Object.values(properties('Api')['Tags'] as Properties).filter((tag) => typeof tag === 'string')) {
    expect(value).toMatch(/^[\p{L}\p{Z}\p{N}_.:/=+\-@]{1,256}$/u);
  }
});

describe('auth by stage', () => {
  const include = (Location: string): unknown => ({
    'Fn::Transform': { Name: 'AWS::Include', Parameters: { Location } },
  });

  test('alike: one document, no condition', () => {
    expect(definitionBody(withAuth('none'))).toStrictEqual(include('swagger.yaml'));
    expect(samTemplate(withAuth('none')).Conditions).not.toHaveProperty('UsesNoAuth');
  });

  test('two kinds: one choice', () => {
    const blueprint = withAuth('api-key', 'api-key', 'iam');
    expect(definitionBody(blueprint)).toStrictEqual({
      'Fn::If': ['UsesApiKey', include('swagger.api-key.yaml'), include('swagger.yaml')],
    });
    expect(samTemplate(blueprint).Conditions['UsesApiKey']).toStrictEqual({
      'Fn::Or': [{ 'Fn::Equals': [{ Ref: 'Stage' }, 'dev'] }, { 'Fn::Equals': [{ Ref: 'Stage' }, 'stage'] }],
    });
  });

  test('three kinds: two choices', () => {
    expect(definitionBody(withAuth('none', 'api-key', 'iam'))).toStrictEqual({
      'Fn::If': [
        'UsesApiKey',
        include('swagger.api-key.yaml'),
        { 'Fn::If': ['UsesNoAuth', include('swagger.none.yaml'), include('swagger.yaml')] },
      ],
    });
  });

  test('a key and its plan are there where a stage asks for one', () => {
    const ids = ['ApiKey', 'UsagePlan', 'UsagePlanKey'];
    for (const id of ids) expect(template.Resources).not.toHaveProperty(id);
    const all = samTemplate(withAuth('api-key'));
    for (const id of ids) expect(all.Resources[id]?.Condition).toBeUndefined();
    expect(all.Outputs['ApiKeyId']).toMatchObject({ Value: { Ref: 'ApiKey' } });
    const some = samTemplate(withAuth('iam', 'iam', 'api-key'));
    for (const id of ids) expect(some.Resources[id]?.Condition).toBe('UsesApiKey');
    expect(some.Outputs['ApiKeyId']).toMatchObject({ Condition: 'UsesApiKey' });
    expect(properties('UsagePlan', some)).toMatchObject({ ApiStages: [{ Stage: { Ref: 'Api.Stage' } }] });
  });
});

describe('description', () => {
  test('comes back as the same scalar', () => {
    const { 'template.yaml': text = '' } = deploymentFiles({ ...digits, description: ODD_DESCRIPTION });
    expect(parseYaml(text, 'template.yaml')).toHaveProperty('Description', ODD_DESCRIPTION);
  });

  test('is cut to the bytes that CloudFormation takes, in whole characters', () => {
    const { Description = '' } = samTemplate({ ...digits, description: '😀'.repeat(300) });
    expect(Description).toBe('😀'.repeat(256));
  });

  test('is left out where there is none', () => {
    expect(samTemplate({ ...digits, description: '' })).not.toHaveProperty('Description');
  });
});

describe('samconfig.yaml', () => {
  const config = samConfig({ ...digits, stages: { ...digits.stages, prod: { auth: 'iam', region: 'eu-central-1' } } });

  test.each(STAGES)('%s has its own stack, bucket and parameter', (stage) => {
    expect(config[stage]).toMatchObject({
      global: { parameters: { stack_name: `digits-${stage}` } },
      build: { parameters: { parameter_overrides: [`Stage=${stage}`] } },
      deploy: {
        parameters: {
          resolve_s3: true,
          capabilities: 'CAPABILITY_IAM',
          parameter_overrides: [`Stage=${stage}`],
          tags: ['service=digits', `stage=${stage}`],
          confirm_changeset: stage === 'prod',
        },
      },
    });
  });

  test('a region goes to its stage alone', () => {
    expect(config['prod']).toHaveProperty(['global', 'parameters', 'region'], 'eu-central-1');
    expect(config['dev']).not.toHaveProperty(['global', 'parameters', 'region']);
  });

  test('plain sam build needs no stage, and plain sam deploy has no stack to hit', () => {
    expect(Object.keys(config['default'] as object)).toStrictEqual(['build', 'validate']);
  });
});
