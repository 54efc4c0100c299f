import type { Blueprint } from '../../../../generator/blueprint.ts';
import type { Sample } from '../../../../generator/render/fixtures.ts';
import { alarms } from '../../../../generator/template/alarms.ts';
import { bucket, tidiedUp } from '../../../../generator/template/bucket.ts';
import { ref, type Resources, type Value } from '../../../../generator/template/cloudformation.ts';
import type { Parts } from '../../../../generator/template/parts.ts';
import { RECORDS, type TriggerModule } from '../../../../generator/triggers/trigger.ts';
import { sourceArn } from './emit-arns.ts';
import { machineResources } from './emit-machine.ts';
import { roleResources } from './emit-role.ts';
import { BUCKET, settings, type Batch } from './emit-settings.ts';

export const batch: TriggerModule<Batch> = {
  kind: 'batch',
  title: 'objects, rows of CSV or JSON lines in S3, up to millions, by Step Functions',
  answers: 'caller',
  settings,
  parse: (value) =>
    value === undefined || BUCKET.test(value)
      ? { value: settings.parse({ kind: 'batch', bucket: value }) }
      : { expected: 'batch, or batch=BUCKET with the name of a bucket that is there' },
  print: (batch) => batch.bucket,
  template,
  handler: () => ({
    from: 'triggers/batch/handler.ts',
    name: 'batch',
    folders: ['triggers/batch', 'inputs', 'inputs/s3', ...RECORDS.folders],
    brought: ['@aws-sdk/client-s3'],
  }),
  events: (_, sample) => ({ batch: batchEvent(sample) }),
  readme: readmeOf,
};

/** Days that what was written over is kept. */
const KEPT = 30;

function template(batch: Batch): Parts {
  const source: Value = batch.bucket ?? ref('BatchBucket');
  return {
    resources: {
      ...(batch.bucket === undefined && bucket('BatchBucket', tidiedUp(KEPT))),
      ...bucket('BatchResultBucket', tidiedUp(KEPT)),
      ...machineResources(batch, source),
      ...roleResources(batch),
      ...batchAlarms,
    },
    policies: {
      'batch-objects': [{ Effect: 'Allow', Action: 's3:GetObject', Resource: sourceArn(batch, '/*') }],
    },
    variables: { BATCH_BUCKET: source },
    outputs: {
      BatchStateMachineArn: { Description: 'What runs batches: aws stepfunctions start-execution', Value: ref('BatchStateMachine') },
      BatchBucketName: { Description: 'Bucket that batches are read from', Value: source },
      BatchResultBucketName: { Description: 'Bucket with the results of batches, a folder an execution', Value: ref('BatchResultBucket') },
    },
  }; // prettier-ignore
}

const batchAlarms: Resources = alarms({
  BatchFailedAlarm: {
    description: 'A batch failed',
    metric: 'ExecutionsFailed',
    of: { namespace: 'AWS/States', by: { StateMachineArn: ref('BatchStateMachine') } },
    statistic: 'Sum',
    threshold: 1,
    minutes: 1,
  },
});

/** What the state machine invokes the function with: the sample as a line of JSON, or as an object where it is none. */
function batchEvent({ file, body, contentType, event }: Sample): object {
  const isRequest = contentType === 'application/json';
  const object = {
    Etag: '"00000000000000000000000000000000"',
    Key: file,
    LastModified: 1735689600,
    Size: body.length,
    StorageClass: 'STANDARD',
  };
  return {
    BatchInput: { format: isRequest ? 'jsonl' : 'objects', manifest: isRequest ? 'requests.jsonl' : '', run: 'example', strict: false },
    Items: [{ Index: 0, Item: isRequest ? event : object }],
    Attempt: 0,
    Retries: 0,
  }; // prettier-ignore
}

function readmeOf(batch: Batch, { name }: Blueprint): string {
  return `Batches are run by the state machine \`${name}-STAGE-batch\` (Step Functions, Distributed Map) over the objects of bucket \`BatchBucketName\`:

    aws stepfunctions start-execution --state-machine-arn ARN --input '{"prefix": "new/"}'          # each object below it
    aws stepfunctions start-execution --state-machine-arn ARN --input '{"manifest": "rows.csv"}'    # each row; columns by their names in the first one
    aws stepfunctions start-execution --state-machine-arn ARN --input '{"manifest": "all.jsonl"}'   # each line, a request in JSON

A row or line with \`Key\` alone stands for that object. The input may also have \`items\` (of an invocation, ${batch.items}), \`concurrency\` (invocations at a time, ${batch.concurrency}),
\`tolerated\` (percent of items in failed batches, ${batch.tolerated}), \`strict\` (an item that fails fails its batch). Results are in bucket \`BatchResultBucketName\` under the
execution's name, a line for each item: \`{"item": KEY, "ok": true, "answer": {…}}\` or \`{"item": KEY, "ok": false, "error": {"code", "message"}}\`. Where the project has outputs, each answer goes there too.`;
}
