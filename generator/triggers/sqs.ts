import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { Blueprint } from '../blueprint.ts';
import type { Sample } from '../render/fixtures.ts';
import { getAtt, ref, type Properties, type Value } from '../template/cloudformation.ts';
import type { Parts } from '../template/parts.ts';
import { deadLetterQueue, queue } from '../template/queue.ts';
import { arnPattern, withArn } from './arn.ts';
import { BATCHES, batchSize, type TriggerModule } from './trigger.ts';

interface QueueKind<Kind extends string> {
  readonly kind: Kind;
  readonly title: string;
  /** Logical id of the stack's own queue; that of its dead-letter queue is made of it. */
  readonly id: string;
  /** Name in src/triggers/KIND/handler.ts. */
  readonly name: string;
  /** Pattern of a queue's name. */
  readonly names: string;
  readonly example: string;
  /** Of the queue and of its dead-letter queue. */
  readonly properties: (suffix: string) => Properties;
  /** Of the queue alone. */
  readonly own?: Properties;
  /** Of a record, besides what all have. */
  readonly attributes: Readonly<Record<string, string>>;
}

export interface QueueSettings<Kind extends string> {
  readonly kind: Kind;
  readonly arn?: string | undefined;
}

/** How often a message is received before it is put aside. */
const RECEIVED = 3;
/** Times the function's timeout that a message is hidden while it is worked on: AWS asks for it, as a throttled function is tried again. */
const HIDDEN = 6;

/** The trigger of a kind of queue. */
export function queueModule<Kind extends string>(queueKind: QueueKind<Kind>): TriggerModule<QueueSettings<Kind>> {
  const { kind, title, id, name, names, example } = queueKind;
  const pattern = arnPattern('sqs', names);
  return {
    kind,
    title,
    answers: 'outputs',
    settings: z.strictObject({
      kind: z.literal(kind),
      arn: z.string().regex(pattern).optional(),
    }) as unknown as z.ZodType<QueueSettings<Kind>>,
    ...withArn(kind, pattern, `arn:aws:sqs:REGION:ACCOUNT:${example}`),
    template: ({ arn }, blueprint) => template(queueKind, arn, blueprint),
    handler: () => ({
      from: `triggers/${kind}/handler.ts`,
      name,
      ...BATCHES,
      folders: [`triggers/${kind}`, ...BATCHES.folders],
    }),
    events: (_, sample) => ({ [kind]: sqsEvent(queueKind, sample) }),
    readme: ({ arn }) =>
      arn === undefined
        ? `Messages of the queue (output \`${id}Url\`) are requests in JSON, of 1 MB at most. A message that fails ${RECEIVED} times is in the queue \`${id}Failed\`.`
        : `Messages of ${arn} are requests in JSON. That queue's visibility timeout should be ${HIDDEN} times the function's timeout, and it should have a dead-letter queue.`,
  };
}

function template<Kind extends string>(
  queueKind: QueueKind<Kind>,
  arn: string | undefined,
  blueprint: Blueprint,
): Parts {
  const { id, kind } = queueKind;
  const source = arn ?? getAtt(id, 'Arn');
  return {
    ...(arn === undefined && ownQueue(queueKind, blueprint)),
    events: {
      [id]: {
        Type: 'SQS',
        Properties: {
          Queue: source,
          BatchSize: batchSize(blueprint, 10),
          FunctionResponseTypes: ['ReportBatchItemFailures'],
        },
      },
    },
    policies: { [`trigger-${kind}`]: [mayPoll(source)] },
  };
}

/** What Lambda does in the function's name. */
const mayPoll = (source: Value): Value => ({
  Effect: 'Allow',
  Action: ['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes'],
  Resource: source,
});

function ownQueue<Kind extends string>({ id, properties, own }: QueueKind<Kind>, blueprint: Blueprint): Parts {
  const failed = `${id}Failed`;
  return {
    resources: {
      ...queue(id, {
        ...properties(''),
        ...own,
        VisibilityTimeout: blueprint.function.timeout * HIDDEN,
        RedrivePolicy: { deadLetterTargetArn: getAtt(failed, 'Arn'), maxReceiveCount: RECEIVED },
      }),
      ...deadLetterQueue(failed, 'Messages failed for good', properties('-failed')),
    },
    outputs: {
      [`${id}Url`]: { Description: 'Queue whose messages are requests', Value: ref(id) },
      [`${failed}Url`]: { Description: 'Queue with messages that failed for good', Value: ref(failed) },
    },
  };
}

/** What Lambda's poller sends. */
function sqsEvent<Kind extends string>({ attributes, example }: QueueKind<Kind>, { event }: Sample): object {
  const body = JSON.stringify(event);
  return {
    Records: [
      {
        messageId: '19dd0b57-b21e-4ac1-bd88-01bbb068cb78',
        receiptHandle: 'MessageReceiptHandle',
        body,
        attributes: {
          ApproximateReceiveCount: '1',
          SentTimestamp: '1735689600000',
          ...attributes,
          SenderId: '123456789012',
          ApproximateFirstReceiveTimestamp: '1735689600001',
        },
        messageAttributes: {},
        md5OfBody: createHash('md5').update(body).digest('hex'),
        eventSource: 'aws:sqs',
        eventSourceARN: `arn:aws:sqs:us-east-1:123456789012:${example}`,
        awsRegion: 'us-east-1',
      },
    ],
  };
}
