import { mkdtempSync, mkdirSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { Blueprint } from '../../generator/blueprint.ts';
import { hasModelsStack, MODELS_FILE, modelsTemplate } from '../../generator/template/models-stack.ts';
import { stringifyYaml } from '../../generator/yaml.ts';

/** A project that is small and real: one function without native code, both layers, an API, an alarm and a canary for prod. */
export interface Sample {
  readonly root: string;
  /** Writes a file of the project anew. */
  write(path: string, content: string | Uint8Array): void;
  /** Changes the code, so that there is something to deploy. */
  touch(mark: string): void;
}

export interface SampleOptions {
  readonly name?: string;
  readonly folder?: string;
  readonly stages?: Partial<Blueprint['stages']>;
  readonly architecture?: 'arm64' | 'x86_64';
  readonly source?: Blueprint['model']['source'];
}

export function sampleProject(options: SampleOptions = {}): Sample {
  const root = options.folder ?? mkdtempSync(join(tmpdir(), 'onnx-lambda-sample-'));
  const name = options.name ?? 'sample';
  const write: Sample['write'] = (path, content) => {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), content);
  };
  write('onnx-lambda.yaml', stringifyYaml(blueprint(name, options)));
  write('template.yaml', stringifyYaml(withSource(template(options.architecture ?? 'x86_64'), options)));
  const made = blueprint(name, options);
  if (hasModelsStack(made)) write(MODELS_FILE, stringifyYaml(modelsTemplate(made)));
  write('swagger.yaml', stringifyYaml(swagger));
  write('samconfig.yaml', stringifyYaml(samconfig(name)));
  write(
    'src/package.json',
    JSON.stringify({ name: 'src', private: true, type: 'module', dependencies: { esbuild: '^0.28.2' } }),
  );
  write('src/handler.ts', handler('one'));
  write('runtime/package.json', JSON.stringify({ name: 'runtime', version: '1.0.0', private: true }));
  write('runtime/.npmrc', `os=linux\ncpu=${options.architecture === 'arm64' ? 'arm64' : 'x64'}\nlibc=glibc\n`);
  write('model/labels.txt', 'zero\none\n');
  write('model/model.onnx', Uint8Array.of(8, 7));
  write('fixtures/one.png', Uint8Array.of(137, 80, 78, 71));
  write('fixtures/expected.json', JSON.stringify(expected));
  return { root, write, touch: (mark) => write('src/handler.ts', handler(mark)) };
}

const predictions = [
  { className: 'one', probability: 0.75 },
  { className: 'zero', probability: 0.25 },
];
const expected = { version: 1, tolerance: 0.00001, fixtures: { 'one.png': { predictions } } };

/** Answers every picture alike, and fails like the real one on bad input. */
const handler = (mark: string): string => `
export const mark = ${JSON.stringify(mark)};
export const handler = async (event: { image?: string }) => {
  if (typeof event.image !== 'string') throw Object.assign(new Error('image is missing'), { name: 'IMAGE_MISSING' });
  return { predictions: ${JSON.stringify(predictions)}, model: { name: 'sample', version: '1' }, mark };
};
`;

const blueprint = (name: string, { stages, architecture, source }: SampleOptions): Blueprint => ({
  version: 3,
  triggers: [{ kind: 'rest-api' }],
  inputs: { https: false, s3: [] },
  outputs: [],
  dialect: 'standard',
  generator: '0.1.0',
  name,
  description: 'a sample',
  package: { kind: 'zip' },
  model: {
    name,
    version: '1',
    file: 'model/model.onnx',
    sha256: '0'.repeat(64),
    source: source ?? { kind: 'layer' },
    bytes: 2,
    inputs: [],
    outputs: [],
    mendings: [],
  },
  task: {
    kind: 'image-classification',
    input: 'x',
    output: 'y',
    scores: 'probabilities',
    classes: 2,
    top: 2,
    preprocessing: {
      width: 8, height: 8, resize: { kind: 'stretch' }, resample: 'bilinear', colorOrder: 'gray', layout: 'NCHW',
      rescaleFactor: 1, mean: [0], std: [1],
    }, // prettier-ignore
  },
  function: { architecture: architecture ?? 'x86_64', memory: 512, timeout: 20, megapixels: 24 },
  protocol: false,
  stages: { dev: { auth: 'none' }, stage: { auth: 'iam' }, prod: { auth: 'iam' }, ...stages },
  packageManager: 'npm',
});

/** The parameters that pin a model in S3, in place of its layer. */
function withSource(made: ReturnType<typeof template>, { source }: SampleOptions): object {
  if (source?.kind !== 's3') return made;
  const Resources = Object.fromEntries(Object.entries(made.Resources).filter(([id]) => id !== 'ModelLayer'));
  const pins = ['ModelBucket', 'ModelVersionId', 'ModelSha256'];
  const Parameters = { ...made.Parameters, ...Object.fromEntries(pins.map((name) => [name, { Type: 'String', Default: '' }])) };
  const own = made.Resources.Function;
  const Variables = Object.fromEntries(pins.map((name) => [name, { Ref: name }]));
  const VersionDescription = { 'Fn::Sub': 'Model ${ModelSha256} ${ModelVersionId}' };
  const Function = { ...own, Properties: { ...own.Properties, Layers: [{ Ref: 'RuntimeLayer' }], Environment: { Variables }, VersionDescription } };
  return { ...made, Parameters, Resources: { ...Resources, Function } };
} // prettier-ignore

const samconfig = (name: string): object => ({
  version: 0.1,
  ...Object.fromEntries(
    ['dev', 'stage', 'prod'].map((stage) => [
      stage,
      {
        deploy: {
          parameters: {
            stack_name: `${name}-${stage}`,
            s3_prefix: `${name}-${stage}`,
            resolve_s3: true,
            capabilities: 'CAPABILITY_IAM CAPABILITY_AUTO_EXPAND',
            parameter_overrides: `Stage=${stage}`,
          },
        },
      },
    ]),
  ),
});

const swagger = {
  openapi: '3.0.1',
  info: { title: 'sample', version: '1' },
  paths: {
    '/predict': {
      post: {
        responses: { 200: { description: 'predictions' } },
        'x-amazon-apigateway-integration': {
          type: 'aws_proxy',
          httpMethod: 'POST',
          uri: {
            'Fn::Sub':
              'arn:${AWS::Partition}:apigateway:${AWS::Region}:lambda:path/2015-03-31/functions/${Function.Arn}:live/invocations',
          },
        },
      },
    },
  },
};

/** Logical ids as in every emitted project. */
const template = (architecture: string) => ({
  AWSTemplateFormatVersion: '2010-09-09',
  Transform: 'AWS::Serverless-2016-10-31',
  Parameters: { Stage: { Type: 'String', Default: 'dev', AllowedValues: ['dev', 'stage', 'prod'] } },
  Conditions: { IsProd: { 'Fn::Equals': [{ Ref: 'Stage' }, 'prod'] } },
  Resources: {
    RuntimeLayer: {
      Type: 'AWS::Serverless::LayerVersion',
      Metadata: { BuildMethod: 'nodejs24.x', BuildArchitecture: architecture },
      Properties: {
        ContentUri: 'runtime',
        CompatibleRuntimes: ['nodejs24.x'],
        CompatibleArchitectures: [architecture],
        RetentionPolicy: 'Delete',
      },
    },
    ModelLayer: {
      Type: 'AWS::Serverless::LayerVersion',
      Properties: { ContentUri: 'model', CompatibleRuntimes: ['nodejs24.x'], RetentionPolicy: 'Delete' },
    },
    Function: {
      Type: 'AWS::Serverless::Function',
      Metadata: {
        BuildMethod: 'esbuild',
        BuildProperties: {
          Format: 'esm',
          Target: 'es2023',
          Minify: true,
          OutExtension: ['.js=.mjs'],
          EntryPoints: ['handler.ts'],
        },
      },
      Properties: {
        CodeUri: 'src',
        Handler: 'handler.handler',
        Runtime: 'nodejs24.x',
        Architectures: [architecture],
        MemorySize: 512,
        Timeout: 20,
        Layers: [{ Ref: 'RuntimeLayer' }, { Ref: 'ModelLayer' }],
        AutoPublishAlias: 'live',
        DeploymentPreference: {
          Type: { 'Fn::If': ['IsProd', 'Canary10Percent5Minutes', 'AllAtOnce'] },
          Alarms: [{ Ref: 'ErrorsAlarm' }],
        },
        LoggingConfig: { LogGroup: { Ref: 'LogGroup' } },
      },
    },
    LogGroup: { Type: 'AWS::Logs::LogGroup', Properties: { RetentionInDays: 14 } },
    ErrorsAlarm: {
      Type: 'AWS::CloudWatch::Alarm',
      Properties: {
        Namespace: 'AWS/Lambda', MetricName: 'Errors', Statistic: 'Sum', Period: 60, EvaluationPeriods: 1, Threshold: 1,
        ComparisonOperator: 'GreaterThanOrEqualToThreshold',
      }, // prettier-ignore
    },
    Api: {
      Type: 'AWS::Serverless::Api',
      Properties: {
        StageName: { Ref: 'Stage' },
        DefinitionBody: { 'Fn::Transform': { Name: 'AWS::Include', Parameters: { Location: 'swagger.yaml' } } },
      },
    },
    ApiPermission: {
      Type: 'AWS::Lambda::Permission',
      Properties: {
        Action: 'lambda:InvokeFunction',
        FunctionName: { Ref: 'Function.Alias' },
        Principal: 'apigateway.amazonaws.com',
        SourceArn: {
          'Fn::Sub': 'arn:${AWS::Partition}:execute-api:${AWS::Region}:${AWS::AccountId}:${Api}/*/POST/predict',
        },
      },
    },
  },
  Outputs: {
    ApiUrl: { Value: { 'Fn::Sub': 'https://${Api}.execute-api.${AWS::Region}.amazonaws.com/${Stage}' } },
    FunctionName: { Value: { Ref: 'Function' } },
    FunctionArn: { Value: { 'Fn::GetAtt': ['Function', 'Arn'] } },
  },
});
