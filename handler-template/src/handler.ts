// First, so that a model that has to be fetched is on its way while the rest is loaded.
import './model-location.ts';
import type { APIGatewayProxyResult, Context } from 'aws-lambda';
import { direct } from './direct.ts';
import { acceptOf, bodyOf, isApiEvent, pathOf, reply, replyTo, type ApiEvent } from './http.ts';
import { answerDirect, routeFor } from './routes.ts';
import { begin, end } from './telemetry.ts';

/**
 * The function: a REST API's proxy event, or the API's JSON directly.
 *
 * @example { "image": "<base64>", "top": 3 } → { "predictions": [{ "className": "7", "probability": 0.98 }, …], "model": {…} }
 * @throws ServiceError on a direct invoke; over HTTP it is an answer
 */
export async function handler(event: unknown, context: Context): Promise<APIGatewayProxyResult | object> {
  begin(context);
  try {
    return isApiEvent(event)
      ? await answerApi(event, context)
      : direct(await answerDirect(event, context.awsRequestId));
  } finally {
    end();
  }
}

async function answerApi(event: ApiEvent, { awsRequestId: requestId }: Context): Promise<APIGatewayProxyResult> {
  try {
    const call = { body: bodyOf(event), accept: acceptOf(event), requestId };
    return reply(await routeFor(event.httpMethod, pathOf(event)).run(call));
  } catch (error) {
    return replyTo(error, pathOf(event));
  }
}
