import { Logger } from '@aws-lambda-powertools/logger';
import { Metrics, MetricUnit } from '@aws-lambda-powertools/metrics';
import type { Context } from 'aws-lambda';
import { ServiceError } from './errors.ts';
import { model } from './spec.ts';

const { POWERTOOLS_SERVICE_NAME: serviceName = model.name, POWERTOOLS_METRICS_NAMESPACE: namespace = 'OnnxLambda' } =
  process.env;

export const logger = new Logger({ serviceName });
const metrics = new Metrics({ namespace, serviceName });

/** Begins a request: every line of its log has its id, and the first of an environment is counted as a cold start. */
export function begin(context: Context): void {
  logger.addContext(context);
  metrics.captureColdStartMetric(context.functionName);
}

/** Writes what was measured as one line in the embedded metric format. */
export function end(): void {
  if (metrics.hasStoredMetrics()) metrics.publishStoredMetrics();
}

/** Runs one step and keeps how long it took, in milliseconds. */
export async function timed<T>(step: string, work: () => Promise<T> | T): Promise<T> {
  const start = performance.now();
  const result = await work();
  metrics.addMetric(step, MetricUnit.Milliseconds, performance.now() - start);
  return result;
}

export function countPrediction(): void {
  metrics.addMetric('Predictions', MetricUnit.Count, 1);
}

/** What the client did wrong is for information, what we did is an error with its cause. */
export function countFailure(error: unknown): void {
  const refused = error instanceof ServiceError && error.status < 500;
  metrics.addMetric(refused ? 'Refused' : 'Failed', MetricUnit.Count, 1);
  if (refused) logger.info('refused', { code: error.code, reason: error.message, ...causeOf(error) });
  else logger.error('failed', error instanceof Error ? error : new Error(String(error)));
}

/** What the decoder said, for those who read the log. */
function causeOf({ cause }: Error): { cause?: string } {
  return cause instanceof Error ? { cause: cause.message } : {};
}
