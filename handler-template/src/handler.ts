// First, so that a model that has to be fetched is on its way while the rest is loaded.
import './model-location.ts';
import type { Context } from 'aws-lambda';
import { direct } from './direct.ts';
import { answerDirect } from './routes.ts';
import { begin, end } from './telemetry.ts';
import { beginInvocation } from './time-left.ts';
import { triggers } from './triggers.ts';

/**
 * The function: an event of one of its triggers, or else the API's JSON directly.
 *
 * @example { "image": "<base64>", "top": 3 } → { "predictions": [{ "className": "7", "probability": 0.98 }, …], "model": {…} }
 * @throws ServiceError on a direct invoke; over HTTP it is an answer
 */
export async function handler(event: unknown, context: Context): Promise<unknown> {
  begin(context);
  beginInvocation(context);
  try {
    const trigger = triggers.find(({ takes }) => takes(event));
    return trigger ? await trigger.handle(event, context) : direct(await answerDirect(event, context.awsRequestId));
  } finally {
    end();
  }
}
