import type { Blueprint, ModelSource } from '../blueprint.ts';
import { moduleOf } from '../tasks/table.ts';
import { equals, ref, sub } from './cloudformation.ts';
import type { Parts } from './parts.ts';

/** Where a stack keeps its models in their bucket: the old one has to stay readable while traffic moves to the new one, and back. */
export const MODEL_PREFIX = '${AWS::StackName}/';

const LAYER: Parts = {
  layers: [ref('ModelLayer')],
  variables: { MODEL_FILE: '/opt/model.onnx' },
};

const PINS = {
  ModelBucket: {
    Description: 'Bucket with versions that the model is in; onnx-lambda deploy sets this',
    Type: 'String',
    AllowedPattern: '^([a-z0-9][a-z0-9.-]{1,61}[a-z0-9])?$',
    Default: '',
  },
  ModelVersionId: {
    Description: 'Version of the object STACK/SHA256.tar in it; onnx-lambda deploy sets this',
    Type: 'String',
    Default: '',
  },
  ModelSha256: {
    Description: 'What the sha256 of that object is: another one is never loaded; onnx-lambda deploy sets this',
    Type: 'String',
    AllowedPattern: '^([0-9a-f]{64})?$',
    Default: '',
  },
};

const fromS3 = (storage: number, file: string, timeout: number): Parts => ({
  parameters: PINS,
  // The parameters have defaults for local runs alone, which have the model on disk.
  rules: {
    ModelIsNamed: {
      Assertions: Object.keys(PINS).map((name) => ({
        Assert: { 'Fn::Not': [equals(ref(name), '')] },
        AssertDescription: `${name} says which model is deployed; onnx-lambda deploy sets it`,
      })),
    },
  },
  // Read by `onnx-lambda test`, `invoke` and `start`: what stands in for S3 on a developer's machine.
  metadata: { LocalModel: file },
  variables: {
    MODEL_BUCKET: ref('ModelBucket'),
    MODEL_KEY: sub(`${MODEL_PREFIX}\${ModelSha256}.tar`),
    MODEL_VERSION_ID: ref('ModelVersionId'),
    MODEL_SHA256: ref('ModelSha256'),
    MODEL_SECONDS: String(timeout),
  },
  properties: { EphemeralStorage: { Size: storage } },
  version: ['model ${ModelSha256} ${ModelVersionId}'],
  policies: {
    models: [
      {
        Effect: 'Allow',
        Action: 's3:GetObjectVersion',
        Resource: sub(`arn:\${AWS::Partition}:s3:::\${ModelBucket}/${MODEL_PREFIX}*`),
      },
    ],
  },
});

/** Folder of a layer with what lies beside a model on the web, and does not come with it: labels, a tokenizer. */
export const BESIDE_FOLDER = 'beside-model';

/** Whether there is anything in it. */
export const hasBeside = ({ model: { source }, task }: Blueprint): boolean =>
  source.kind === 'https' && (moduleOf(task).classes(task) !== undefined || moduleOf(task).modelFiles !== undefined);

function fromWeb(source: Extract<ModelSource, { kind: 'https' }>, blueprint: Blueprint): Parts {
  const beside = hasBeside(blueprint);
  return {
    metadata: { LocalModel: blueprint.model.file },
    layers: beside ? [ref('BesideModelLayer')] : [],
    variables: {
      MODEL_URL: source.url,
      MODEL_SHA256: source.sha256,
      MODEL_BYTES: String(source.bytes),
      MODEL_FORMAT: source.format,
      MODEL_MEMBER: source.member,
      MODEL_SECONDS: String(blueprint.function.timeout),
      ...(beside && { MODEL_BESIDE: '/opt' }),
    },
    properties: { EphemeralStorage: { Size: source.storage } },
  };
}

export function sourceParts(blueprint: Blueprint): Parts {
  const { source, file } = blueprint.model;
  switch (source.kind) {
    case 'layer':
      return LAYER;
    case 's3':
      return fromS3(source.storage, file, blueprint.function.timeout);
    case 'https':
      return fromWeb(source, blueprint);
  }
}

const MB = 1_048_576;

/** Size of /tmp in MB for a model of so many bytes: it lies there once, with a little beside it. */
export function storageFor(bytes: number): number {
  return Math.max(512, Math.ceil((bytes + 64 * MB) / (64 * MB)) * 64);
}
