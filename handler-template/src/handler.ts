import type { APIGatewayProxyResult, Context } from 'aws-lambda';
import { ServiceError } from './errors.ts';
import { bodyOf, isApiEvent, reply, replyTo, routeOf, type ApiEvent } from './http.ts';
import type { HealthResponse, PredictResponse } from './model.ts';
import { modelInfo, predict } from './predict.ts';
import { wishFromBody, wishFromJson, type Wish } from './request.ts';
import { begin, countFailure, countPrediction, end } from './telemetry.ts';

/**
 * The function: a REST API's proxy event, or the API's JSON directly.
 *
 * @example { "image": "<base64>", "top": 3 } → { "predictions": [{ "className": "7", "probability": 0.98 }, …], "model": {…} }
 * @throws ServiceError on a direct invoke; over HTTP it is an answer
 */
export async function handler(event: unknown, context: Context): Promise<APIGatewayProxyResult | PredictResponse> {
  begin(context);
  try {
    return isApiEvent(event) ? await answerApi(event) : await answer(() => wishFromJson(event));
  } finally {
    end();
  }
}

async function answerApi(event: ApiEvent): Promise<APIGatewayProxyResult> {
  try {
    switch (routeOf(event)) {
      case 'POST /predict':
        return reply(200, await answer(() => wishFromBody(bodyOf(event))));
      case 'GET /health':
        return reply(200, { status: 'ok', model: modelInfo } satisfies HealthResponse);
      default:
        throw new ServiceError('NOT_FOUND', 'There is no such route: expected POST /predict or GET /health.');
    }
  } catch (error) {
    return replyTo(error);
  }
}

/** Reads, predicts and keeps count. */
async function answer(read: () => Wish): Promise<PredictResponse> {
  try {
    const response = await predict(read());
    countPrediction();
    return response;
  } catch (error) {
    countFailure(error);
    throw error;
  }
}
