import type * as Lambda from '@aws-sdk/client-lambda';
import { fromLayer } from '../../layer.ts';
import { CLIENT, partsOf, sent } from '../common/aws.ts';
import { messageOf } from '../common/message.ts';
import type { Output } from '../output.ts';

/** Bytes that an asynchronous invoke takes. */
const LARGEST_EVENT = 1_048_576;

/** Another function is invoked with each answer; nobody waits for it, and Lambda keeps what it is told until it has been done. */
export function toLambda({ OUTPUT_FUNCTION: FunctionName = '' }: NodeJS.ProcessEnv): Output {
  const { InvokeCommand, LambdaClient } = fromLayer('@aws-sdk/client-lambda') as typeof Lambda;
  const { region } = partsOf(FunctionName);
  const client = new LambdaClient({ ...CLIENT, ...(region && { region }) });
  return {
    prepare(result) {
      const Payload = messageOf(result, 'lambda', LARGEST_EVENT);
      const command = new InvokeCommand({ FunctionName, InvocationType: 'Event', Payload });
      return async () => {
        await sent('lambda', (options) => client.send(command, options));
      };
    },
  };
}

export const lambdaOutput = toLambda(process.env);
