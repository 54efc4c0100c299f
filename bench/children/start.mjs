// One start of a bundle in a fresh process: what its import and its first call take, in milliseconds by the clock and of the CPU.
// All threads' CPU time counts, so it is an upper bound; it depends little on what else the machine does.
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
const before = process.cpuUsage();
const module = await import(pathToFileURL(file).href);
if (kind === 'handler') {
  await module.handler({ httpMethod: 'GET', resource: '/health', requestContext: {} }, context);
} else {
  module.begin(context);
  module.countPrediction();
  module.end();
}
const clock = performance.now() - start;
const { user, system } = process.cpuUsage(before);
log(JSON.stringify({ clock, cpu: (user + system) / 1000 }));
