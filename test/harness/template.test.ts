import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { withGlobals } from '../../harness/template/globals.ts';
import { resolve, type Scope } from '../../harness/template/intrinsics.ts';
import { openProject } from '../../harness/template/project.ts';
import { overridesOf } from '../../harness/template/samconfig.ts';
import { cleanUp, codeOf, edit, sampleFolder } from './sample.ts';

afterEach(cleanUp);

describe('functions', () => {
  const scope: Scope = {
    names: { Stage: 'dev', List: ['a', 'b'], 'AWS::Region': 'eu-central-1' },
    conditions: { Yes: { 'Fn::Equals': [{ Ref: 'Stage' }, 'dev'] }, No: { 'Fn::Not': [{ Condition: 'Yes' }] } },
    mappings: { Rates: { dev: { limit: 10 } } },
    ref: (id) => (id === 'Bucket' ? 'the-bucket' : undefined),
    attribute: (id, name) => (id === 'Bucket' ? `arn:${name}` : undefined),
  };

  test.each([
    [{ Ref: 'Stage' }, 'dev'],
    [{ Ref: 'Bucket' }, 'the-bucket'],
    [{ Ref: 'AWS::NoValue' }, undefined],
    [
      { a: 1, b: { Ref: 'AWS::NoValue' }, c: [{ Ref: 'AWS::NoValue' }, 2] },
      { a: 1, c: [2] },
    ],
    [{ 'Fn::GetAtt': ['Bucket', 'Arn'] }, 'arn:Arn'],
    [{ 'Fn::GetAtt': 'Bucket.Endpoint.Port' }, 'arn:Endpoint.Port'],
    [
      { 'Fn::Sub': '${Stage}-${Bucket}-${Bucket.Arn}-${!Literal}-${AWS::Region}' },
      'dev-the-bucket-arn:Arn-${Literal}-eu-central-1',
    ],
    [{ 'Fn::Sub': ['${Own}/${Stage}', { Own: { Ref: 'Bucket' } }] }, 'the-bucket/dev'],
    [{ 'Fn::If': ['Yes', 'y', { 'Fn::ImportValue': 'never looked at' }] }, 'y'],
    [{ 'Fn::If': ['No', 'y', { Ref: 'AWS::NoValue' }] }, undefined],
    [{ 'Fn::And': [{ Condition: 'Yes' }, { Condition: 'No' }] }, false],
    [{ 'Fn::Or': [{ Condition: 'Yes' }, { Condition: 'No' }] }, true],
    [{ 'Fn::FindInMap': ['Rates', { Ref: 'Stage' }, 'limit'] }, 10],
    [{ 'Fn::Join': ['-', ['x', { Ref: 'Stage' }, 3]] }, 'x-dev-3'],
    [{ 'Fn::Select': ['1', { Ref: 'List' }] }, 'b'],
    [{ 'Fn::Split': [',', 'a,b'] }, ['a', 'b']],
    [{ 'Fn::Length': { Ref: 'List' } }, 2],
    [{ 'Fn::Base64': { Ref: 'Stage' } }, 'ZGV2'],
    [{ 'Fn::ToJsonString': { a: { Ref: 'Stage' } } }, '{"a":"dev"}'],
    [
      { Statement: { Condition: { StringEquals: { a: 'b' } } } },
      { Statement: { Condition: { StringEquals: { a: 'b' } } } },
    ],
  ])('%j is %j', (value, expected) => expect(resolve(value, scope, 'here')).toEqual(expected));

  test.each([
    { Ref: 'Nothing' },
    { 'Fn::GetAtt': ['Nothing', 'Arn'] },
    { 'Fn::Sub': '${Nothing}' },
    { 'Fn::If': ['Nothing', 1, 2] },
    { 'Fn::FindInMap': ['Rates', 'dev', 'nothing'] },
    { 'Fn::Select': ['7', ['a']] },
    { 'Fn::ImportValue': 'x' },
    { Ref: '__proto__' },
    { 'Fn::Join': ['-', 'no list'] },
  ])('%j is refused', async (value) =>
    expect(await codeOf(() => resolve(value, scope, 'here'))).toBe('TEMPLATE_INVALID'),
  );
});

test('Globals: mappings are merged, lists joined, the rest replaced, functions left alone', () => {
  expect(
    withGlobals(
      { Timeout: 3, Layers: ['a'], Environment: { Variables: { A: '1', B: '1' } }, Memory: { Ref: 'X' } },
      { Timeout: 9, Layers: ['b'], Environment: { Variables: { B: '2' } }, Memory: { Ref: 'Y' } },
    ),
  ).toEqual({ Timeout: 9, Layers: ['a', 'b'], Environment: { Variables: { A: '1', B: '2' } }, Memory: { Ref: 'Y' } });
});

test.each([
  ['A=1 B="two words" C=\'x=y\'', { A: '1', B: 'two words', C: 'x=y' }],
  ['ParameterKey=A,ParameterValue=1 ParameterKey=B,ParameterValue=b', { A: '1', B: 'b' }],
  [['A=1', 'B=two words'], { A: '1', B: 'two words' }],
  [
    { A: 1, B: true },
    { A: '1', B: 'true' },
  ],
  [undefined, {}],
])('parameter_overrides %j', (value, expected) => expect(overridesOf(value, 'here')).toEqual(expected));

describe('a project', () => {
  test('is read for the stage that is asked for', async () => {
    const folder = sampleFolder();
    const dev = await openProject(folder, 'dev');
    const prod = await openProject(folder, 'prod');
    expect(dev.function).toMatchObject({
      logicalId: 'Function',
      name: 'sample-dev-predict',
      arn: 'arn:aws:lambda:eu-central-1:123456789012:function:sample-dev-predict',
      handler: 'handler.handler',
      runtime: 'nodejs24.x',
      architecture: 'arm64',
      codeFolder: join(folder, 'src'),
      memory: 256,
      timeout: 3,
      environment: { FROM_GLOBALS: 'yes', STAGE: 'dev', LEVEL: 'INFO', MODEL_FILE: '/opt/model.txt' },
      layers: [
        { logicalId: 'RuntimeLayer', folder: join(folder, 'runtime'), buildMethod: 'nodejs24.x' },
        { logicalId: 'ModelLayer', folder: join(folder, 'model'), buildMethod: undefined },
      ],
      reservedConcurrency: undefined,
    });
    expect(prod.function).toMatchObject({
      name: 'sample-prod-predict',
      memory: 512,
      environment: { STAGE: 'prod', LEVEL: 'WARN' },
    });
    expect(prod.api?.stageName).toBe('prod');
  });

  test('is read anew when its template changes, although parsed YAML is kept', async () => {
    const folder = sampleFolder();
    expect((await openProject(folder)).function.timeout).toBe(3);
    expect((await openProject(folder)).function.timeout).toBe(3);
    edit(folder, 'template.yaml', (text) => text.replace('Default: 3 }', 'Default: 7 }'));
    expect((await openProject(folder)).function.timeout).toBe(7);
  });

  test('a spoilt cache is no trouble', async () => {
    const folder = sampleFolder();
    await openProject(folder);
    writeFileSync(join(folder, '.onnx-lambda/cache/template.yaml.json'), '{ half');
    expect((await openProject(folder)).function.timeout).toBe(3);
  });

  test.each([
    ['Timeout: !Ref Timeout', 'Timeout: 901', 'Resources.Function.Properties.Timeout'],
    ['MemorySize: !Ref Memory', 'MemorySize: 127', 'Resources.Function.Properties.MemorySize'],
    ['Runtime: nodejs24.x', 'Runtime: nodejs99.x', 'Resources.Function.Properties.Runtime'],
    ['Architectures: [arm64]', 'Architectures: [mips]', 'Resources.Function.Properties.Architectures'],
    ['CodeUri: src/', 'CodeUri: [1]', 'Resources.Function.Properties.CodeUri'],
    ["FROM_GLOBALS: 'yes'", `FROM_GLOBALS: ${'x'.repeat(5_000)}`, 'Resources.Function.Properties.Environment'],
    ['!Ref RuntimeLayer', '!Ref NoLayer', 'Resources.Function.Properties.Layers[0]'],
    [
      'LEVEL: !If [IsProd, WARN, INFO]',
      'LEVEL: !If [IsNothing, WARN, INFO]',
      'Resources.Function.Properties.Environment.Variables.LEVEL.Fn::If',
    ],
    ['AllowedValues: [dev, stage, prod]', 'AllowedValues: [test]', 'Parameters.Stage'],
    ['Type: AWS::Serverless::Function', 'Type: AWS::S3::Bucket', 'Resources'],
    ['Timeout: { Type: Number, Default: 3 }', 'Timeout: { Type: Number }', 'Parameters.Timeout'],
    ['Timeout: { Type: Number, Default: 3 }', 'Timeout: { Type: Number, Default: soon }', 'Parameters.Timeout'],
  ])('%s → %s is refused, naming the place', async (from, to, place) => {
    const folder = sampleFolder();
    edit(folder, 'template.yaml', (text) => text.replace(from, to));
    await expect(openProject(folder)).rejects.toMatchObject({
      code: 'TEMPLATE_INVALID',
      trouble: { where: `template.yaml: ${place}` },
    });
  });

  test('a project is found from a folder inside it', async () => {
    const folder = sampleFolder();
    expect((await openProject(join(folder, 'fixtures'))).root).toBe(folder);
  });

  test('other troubles have codes of their own', async () => {
    expect(await codeOf(() => openProject('/'))).toBe('NOT_A_PROJECT');
    const folder = sampleFolder();
    expect(await codeOf(() => openProject(folder, 'nowhere'))).toBe('STAGE_UNKNOWN');
    expect(await codeOf(() => openProject(folder, '__proto__'))).toBe('STAGE_UNKNOWN');
    edit(folder, 'template.yaml', () => 'a: [');
    expect(await codeOf(() => openProject(folder))).toBe('YAML_INVALID');
    edit(folder, 'template.yaml', () => '- a list');
    expect(await codeOf(() => openProject(folder))).toBe('TEMPLATE_INVALID');
  });
});
