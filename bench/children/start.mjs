// One start of a bundle in a fresh process: how long its import takes, and its first call, in milliseconds.
//   node start.mjs BUNDLE (handler|telemetry)
import { pathToFileURL } from 'node:url';

const [file, kind] = process.argv.slice(2);
const log = process.stdout.write.bind(process.stdout);
process.stdout.write = () => true; // the function's own log
const context = {
  functionName: 'f',
  functionVersion: '1',
  memoryLimitInMB: '1769',
  awsRequestId: 'r',
  invokedFunctionArn: 'a',
};

const start = performance.now();
const module = await import(pathToFileURL(file).href);
const loaded = performance.now();
if (kind === 'handler') {
  await module.handler({ httpMethod: 'GET', resource: '/health', requestContext: {} }, context);
} else {
  module.begin(context);
  module.countPrediction();
  module.end();
}
log(JSON.stringify({ load: loaded - start, first: performance.now() - loaded }));
