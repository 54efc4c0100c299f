import { classifyOperation } from '../../../generator/tasks/image-classification/operation.ts';
import type { ImageClassification } from '../../../generator/tasks/image-classification/settings.ts';
import { predictOf } from '../../../generator/dialects/speak.ts';
import { speaksHttp } from '../../../generator/triggers/table.ts';
import { openApiFiles } from '../../../swagger/files.ts';
import { BLUEPRINT_VERSION, type Auth, type Blueprint } from '../../../generator/blueprint.ts';

/** The blueprint of handler-template's committed src/model.ts: the digits classifier. */
export const digits = {
  version: BLUEPRINT_VERSION,
  generator: '0.1.0',
  name: 'digits',
  description: 'Handwritten digits',
  model: {
    name: 'digits',
    version: '1',
    file: 'model/model.onnx',
    sha256: 'a'.repeat(64),
    source: { kind: 'layer' },
    bytes: 100_000,
    inputs: [{ name: 'input', elementType: 'float32', dims: ['N', 1, 32, 32] }],
    outputs: [{ name: 'logits', elementType: 'float32', dims: ['N', 10] }],
    mendings: [],
  },
  task: {
    kind: 'image-classification',
    input: 'input',
    output: 'logits',
    scores: 'logits',
    classes: 10,
    top: 5,
    preprocessing: {
      width: 32,
      height: 32,
      resize: { kind: 'stretch' },
      resample: 'bilinear',
      colorOrder: 'gray',
      layout: 'NCHW',
      rescaleFactor: 1 / 255,
      mean: [0],
      std: [1],
    },
  },
  function: { architecture: 'arm64', memory: 1024, timeout: 29, megapixels: 24 },
  protocol: true,
  triggers: [{ kind: 'rest-api' }],
  inputs: { https: false, s3: [] },
  outputs: [],
  package: { kind: 'zip' },
  dialect: 'standard',
  stages: { dev: { auth: 'iam' }, stage: { auth: 'iam' }, prod: { auth: 'iam' } },
  packageManager: 'npm',
} satisfies Blueprint as Blueprint & { readonly task: ImageClassification };

/** POST /predict of the digits. */
export const predict = classifyOperation(digits.task, digits);

/** What describes the API of the digits, by its file's path; nothing where nobody calls over HTTP. */
export const documentsOf = (blueprint: Blueprint): ReturnType<typeof openApiFiles> =>
  speaksHttp(blueprint) ? openApiFiles(blueprint, predictOf(blueprint)) : {};

/** The digits service with other auth: one for all stages, or one each. */
export function withAuth(dev: Auth, stage: Auth = dev, prod: Auth = dev, blueprint: Blueprint = digits): Blueprint {
  return { ...blueprint, stages: { dev: { auth: dev }, stage: { auth: stage }, prod: { auth: prod } } };
}

/** Text that careless YAML writing turns into something else. */
export const ODD_DESCRIPTION = ': # !Sub ${}';

/** The same with its model in S3. */
export const fromS3: Blueprint = { ...digits, model: { ...digits.model, source: { kind: 's3', storage: 1024 } } };

/** The digits service behind something that nobody waits at. */
export const behind = (...triggers: Blueprint['triggers']): Blueprint => ({
  ...digits,
  triggers,
  outputs: [{ kind: 's3', prefix: '' }],
});

/** The same as a container image. */
export const asImage = { ...digits, package: { kind: 'image' } } as const satisfies Blueprint;

/** In a bucket that belongs to the stage. */
export const inOwnBucket: Blueprint = {
  ...digits,
  model: { ...digits.model, source: { kind: 's3', storage: 1024, bucket: { kind: 'stack' } } },
};

export const batch = { kind: 'batch', items: 25, concurrency: 50, tolerated: 5 } as const;

/** The same with requests that name their data. */
export const byUrl: Blueprint = { ...digits, inputs: { https: true, s3: ['pictures', 'archive/2024/'] } };
/** The digits service behind other triggers that speak HTTP. */
export const over = (
  kinds: readonly ('rest-api' | 'http-api' | 'function-url')[],
  blueprint: Blueprint = digits,
): Blueprint => ({
  ...blueprint,
  triggers: kinds.map((kind) => ({ kind })),
});

/** The digits service with outputs, behind its API. */
export const answering = (...outputs: Blueprint['outputs']): Blueprint => ({ ...digits, outputs });

/** At somebody's address. */
export const onWeb: Blueprint = {
  ...digits,
  model: {
    ...digits.model,
    source: {
      kind: 'https',
      url: 'https://example.com/zoo/model.tar.gz',
      sha256: 'a'.repeat(64),
      bytes: 100_000,
      format: 'tar.gz',
      member: 'model/digits.onnx',
      storage: 512,
    },
  },
};

/** Every shape of project that static checks run on. */
export const variants: Readonly<Record<string, Blueprint>> = {
  'iam, arm64': digits,
  'iam, x86_64': { ...digits, function: { ...digits.function, architecture: 'x86_64' } },
  'api key': withAuth('api-key'),
  open: withAuth('none'),
  'stages that differ': withAuth('none', 'api-key', 'iam'),
  'open prod, api key before it': withAuth('api-key', 'api-key', 'none'),
  'odd description': { ...digits, description: ODD_DESCRIPTION },
  'model in S3': fromS3,
  s3: behind({ kind: 's3' }),
  sqs: behind({ kind: 'sqs' }),
  'sqs that is there': behind({ kind: 'sqs', arn: 'arn:aws:sqs:us-east-1:123456789012:requests' }),
  'sqs, answered once': { ...behind({ kind: 'sqs' }), outputs: [{ kind: 'sqs' }] },
  'sqs-fifo': behind({ kind: 'sqs-fifo' }),
  kinesis: behind({ kind: 'kinesis' }),
  'kinesis that is there': behind({
    kind: 'kinesis',
    arn: 'arn:aws:kinesis:us-east-1:123456789012:stream/requests',
  }),
  dynamodb: behind({ kind: 'dynamodb' }),
  'dynamodb that is there': behind({
    kind: 'dynamodb',
    arn: 'arn:aws:dynamodb:us-east-1:123456789012:table/requests/stream/2025-01-01T00:00:00.000',
  }),
  schedule: { ...digits, triggers: [{ kind: 'rest-api' }, { kind: 'schedule', at: 'rate(5 minutes)' }] },
  sns: behind({ kind: 'sns' }),
  'sns that is there': behind({ kind: 'sns', arn: 'arn:aws:sns:us-east-1:123456789012:requests' }),
  image: asImage,
  'image, model in S3': { ...fromS3, package: { kind: 'image' } },
  "model in S3, in the stage's own bucket": inOwnBucket,
  'model on the web': onWeb,
  batch: { ...digits, triggers: [batch] },
  'batch of a bucket that is there': { ...digits, triggers: [{ ...batch, bucket: 'pictures' }] },
  'data by URL': byUrl,
  'HTTP API': over(['http-api']),
  'open HTTP API and function URL': over(['http-api', 'function-url'], withAuth('none')),
  'all that speaks HTTP': over(['rest-api', 'http-api', 'function-url'], withAuth('none', 'api-key', 'iam')),
  'function URL, open but for prod': over(['function-url'], withAuth('none', 'none', 'iam')),
  'direct invokes alone': over([]),
  'outputs of its own': answering(
    { kind: 's3', prefix: 'answers/', format: 'text' },
    { kind: 'dynamodb' },
    { kind: 'lambda', function: 'next' },
    { kind: 'sqs' },
    { kind: 'eventbridge', bus: 'default' },
    { kind: 'callback', url: 'https://example.com/answers' },
  ),
  'outputs that are there': answering(
    { kind: 's3', prefix: '', bucket: 'answers-of-ours' },
    { kind: 'dynamodb', table: 'Answers' },
    { kind: 'lambda', function: 'arn:aws:lambda:eu-west-1:123456789012:function:next:live' },
    { kind: 'sqs', arn: 'arn:aws:sqs:us-east-1:123456789012:answers.fifo' },
    { kind: 'eventbridge', bus: 'arn:aws:events:us-east-1:123456789012:event-bus/ours' },
  ),
  'long names': { ...withAuth('api-key'), name: `a${'-b'.repeat(19)}c` },
};
