import { z } from 'zod';
import { mayOnly, OUTPUT_FOLDERS, type OutputModule } from '../../../../generator/outputs/output.ts';
import { getAtt, ref } from '../../../../generator/template/cloudformation.ts';
import type { Parts } from '../../../../generator/template/parts.ts';
import { deadLetterQueue, queue } from '../../../../generator/template/queue.ts';
import { arnPattern, withArn } from '../../../../generator/triggers/arn.ts';

const ARN = arnPattern('sqs', '[\\w-]{1,75}(?:\\.fifo)?');

/** How often who reads the queue may fail at a message. */
const TRIES = 5;
/** Seconds that a message waits for somebody to read it: SQS's longest. */
const RETENTION = 14 * 86_400;

const settings = z.strictObject({ kind: z.literal('sqs'), arn: z.string().regex(ARN).optional() });
type Settings = z.infer<typeof settings>;

export const sqsOutput: OutputModule<Settings> = {
  kind: 'sqs',
  title: "a message in an SQS queue, the stack's own or one that is there",
  repeatable: false,
  settings,
  ...withArn('sqs', ARN, 'arn:aws:sqs:REGION:ACCOUNT:QUEUE'),
  template,
  handler: () => ({
    from: 'outputs/sqs/handler.ts',
    name: 'sqsOutput',
    folders: ['outputs/sqs', ...OUTPUT_FOLDERS],
    brought: ['@aws-sdk/client-sqs'],
  }),
  readme: ({ arn }) =>
    `Answers are messages of ${arn === undefined ? "the stack's queue (output `OutputQueueUrl`)" : `\`${arn}\``}, as \`{"id", "name", "trigger", "hops", "answer"}\` of at most 1 MB.`,
};

function template({ arn }: Settings): Parts {
  const own = arn ?? getAtt('OutputQueue', 'Arn');
  return {
    ...mayOnly('sqs', 'sqs:SendMessage', own),
    variables: { OUTPUT_QUEUE: own },
    ...(arn === undefined && OWN),
  };
}

const OWN: Parts = {
  resources: {
    ...deadLetterQueue('UnreadAnswers', 'Nobody could read some answers'),
    ...queue('OutputQueue', {
      MessageRetentionPeriod: RETENTION,
      RedrivePolicy: { deadLetterTargetArn: getAtt('UnreadAnswers', 'Arn'), maxReceiveCount: TRIES },
    }),
  },
  outputs: { OutputQueueUrl: { Description: 'Queue that answers are messages of', Value: ref('OutputQueue') } },
};
