import type { IncomingHttpHeaders } from 'node:http';

/** The context object that a handler gets beside the event. */
export function contextOf(headers: IncomingHttpHeaders): object {
  const header = (name: string): string => String(headers[`lambda-runtime-${name}`]);
  const deadline = Number(header('deadline-ms'));
  const { env } = process;
  return {
    callbackWaitsForEmptyEventLoop: true,
    functionName: env['AWS_LAMBDA_FUNCTION_NAME'],
    functionVersion: env['AWS_LAMBDA_FUNCTION_VERSION'],
    memoryLimitInMB: env['AWS_LAMBDA_FUNCTION_MEMORY_SIZE'],
    logGroupName: env['AWS_LAMBDA_LOG_GROUP_NAME'],
    logStreamName: env['AWS_LAMBDA_LOG_STREAM_NAME'],
    invokedFunctionArn: header('invoked-function-arn'),
    awsRequestId: header('aws-request-id'),
    getRemainingTimeInMillis: () => deadline - Date.now(),
  };
}

/** What is thrown, as Lambda writes it down. */
export function describe(error: unknown): { errorType: string; errorMessage: string; trace: string[] } {
  if (error instanceof Error)
    return { errorType: error.name, errorMessage: error.message, trace: error.stack?.split('\n') ?? [] };
  return { errorType: typeof error, errorMessage: String(error), trace: [] };
}

/** The answer as JSON text; nothing is null. */
export function toJson(answer: unknown): string {
  try {
    return JSON.stringify(answer === undefined ? null : answer) ?? 'null';
  } catch (cause) {
    const error = new Error('Unable to stringify response body', { cause });
    error.name = 'Runtime.JSONStringifyError';
    throw error;
  }
}
