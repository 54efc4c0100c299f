import { watchParent } from './parent.ts';
import { loadHandler } from './load.ts';
import { provideRawJson } from './raw-json.ts';
import { logFailure, patchConsole, setRequest } from './logs.ts';
import { next, post } from './client.ts';
import { contextOf, describe, toJson } from './wire.ts';

/**
 * What runs in the function's process: Lambda's runtime for Node.js, over the Runtime API. It loads the handler, then asks for an event,
 * hands it over and posts what comes of it, one after another, for as long as the process lives.
 */
const variable = (name: string): string => process.env[name] ?? '';
const api = variable('AWS_LAMBDA_RUNTIME_API');

watchParent(Number(process.argv[2]), process.argv[3] === 'tied');
provideRawJson();
patchConsole(variable('AWS_LAMBDA_LOG_FORMAT'), variable('AWS_LAMBDA_LOG_LEVEL'));
// A handler that looks at its arguments sees a plain `node` call.
process.argv.length = 1;

const handler = await loadHandler(variable('LAMBDA_TASK_ROOT'), variable('_HANDLER')).catch(async (error: unknown) => {
  logFailure('Init Error', error);
  await post(api, '/init/error', JSON.stringify(describe(error)));
  process.exit(1);
});

for (;;) {
  const { headers, body } = await next(api);
  const requestId = String(headers['lambda-runtime-aws-request-id']);
  process.env['_X_AMZN_TRACE_ID'] = String(headers['lambda-runtime-trace-id']);
  setRequest(requestId);
  const context = contextOf(headers);
  try {
    const answer = await handler(JSON.parse(body) as unknown, context);
    await post(api, `/invocation/${requestId}/response`, toJson(answer));
  } catch (error) {
    logFailure('Invoke Error', error);
    await post(api, `/invocation/${requestId}/error`, JSON.stringify(describe(error)));
  }
}
