import type * as EventBridge from '@aws-sdk/client-eventbridge';
import { fromLayer } from '../../layer.ts';
import { CLIENT, sent } from '../common/aws.ts';
import { checkSize, messageOf } from '../common/message.ts';
import type { Output } from '../output.ts';

/** An entry has fewer than 256 KB: source, type and detail. */
const LARGEST_ENTRY = 262_143;

/** What rules match on, beside the source and the detail. */
const TYPE = 'Answer';

/** An event per answer. */
export function toEventbridge(env: NodeJS.ProcessEnv): Output {
  const { OUTPUT_BUS: EventBusName, OUTPUT_SOURCE: Source = '' } = env;
  const { EventBridgeClient, PutEventsCommand } = fromLayer('@aws-sdk/client-eventbridge') as typeof EventBridge;
  const client = new EventBridgeClient(CLIENT);
  return {
    prepare(result) {
      const Detail = messageOf(result, 'eventbridge', LARGEST_ENTRY);
      checkSize('eventbridge', Buffer.byteLength(Source + TYPE + Detail), LARGEST_ENTRY);
      const command = new PutEventsCommand({ Entries: [{ EventBusName, Source, DetailType: TYPE, Detail }] });
      return async () => {
        await sent('eventbridge', async (options) => {
          // EventBridge answers 200 although it took nothing.
          const { FailedEntryCount, Entries: [entry] = [] } = await client.send(command, options);
          if (FailedEntryCount) throw refused(entry);
        });
      };
    },
  };
}

const PASSES = /Throttl|InternalFailure|InternalException/;

function refused({ ErrorCode = 'Unknown', ErrorMessage = '' }: EventBridge.PutEventsResultEntry = {}): Error {
  const error = new Error(ErrorMessage);
  return Object.assign(error, { name: ErrorCode, $metadata: { httpStatusCode: PASSES.test(ErrorCode) ? 503 : 400 } });
}

export const eventbridgeOutput = toEventbridge(process.env);
