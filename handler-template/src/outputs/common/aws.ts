import type { ServiceError } from '../../errors.ts';
import { logger } from '../../telemetry.ts';
import { within } from '../../time-left.ts';
import { failed, unavailable } from './failures.ts';
import { patience } from './patience.ts';

/** How clients of AWS's SDK are made: it tries again by itself, with growing pauses. */
export const CLIENT = { maxAttempts: 3, requestHandler: { connectionTimeout: 3_000, socketTimeout: 10_000 } };

/** What the SDK throws, as far as it matters here. */
interface AwsError {
  readonly name?: string;
  readonly $metadata?: { readonly httpStatusCode?: number };
  readonly $retryable?: unknown;
}

/** What may pass although its status says that it will not. */
const MAY_PASS = /Throttl|TooManyRequests|ProvisionedThroughputExceeded|RequestLimitExceeded|SlowDown|Timeout/;

/**
 * One call of AWS for an output, in the time that is left; the log says why it failed, and who waits for the answer only that it did.
 *
 * @param output kind of output, for the log
 * @throws ServiceError OUTPUT_FAILED, OUTPUT_UNAVAILABLE
 */
export async function sent<Response>(
  output: string,
  send: (options: { readonly abortSignal: AbortSignal }) => Promise<Response>,
): Promise<Response> {
  try {
    return await send({ abortSignal: within(patience()) });
  } catch (error) {
    logger.warn('an output failed', { output, error: error as Error });
    throw explain(error as AwsError);
  }
}

function explain(error: AwsError): ServiceError {
  const { name = '', $metadata, $retryable } = error;
  // Where nothing was answered the network failed, or time ran out.
  const status = $metadata?.httpStatusCode ?? (name === 'CredentialsProviderError' ? 403 : 503);
  const mayPass = status >= 500 || status === 429 || $retryable !== undefined || MAY_PASS.test(name);
  return (mayPass ? unavailable : failed)(error);
}

/** An ARN's parts: `arn:aws:sqs:eu-west-1:123456789012:answers`. */
export function partsOf(arn: string): {
  readonly partition: string;
  readonly region: string;
  readonly account: string;
  readonly name: string;
} {
  const [, partition = '', , region = '', account = '', ...name] = arn.split(':');
  return { partition, region, account, name: name.join(':') };
}
