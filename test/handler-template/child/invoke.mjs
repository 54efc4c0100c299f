// Stands in for Lambda's runtime in tests of the handler: loads the bundle, sends it events, writes down what came of each.
//   node invoke.mjs HANDLER EVENTS OUT (serial|concurrent)
// The function's log is this process' stdout. onnxruntime and sharp may only run outside Jest's realm, so this is a process of its own.
import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';

const [handlerFile, eventsFile, outFile, mode] = process.argv.slice(2);
const events = JSON.parse(readFileSync(eventsFile, 'utf8'));
const { InferenceSession } = createRequire(import.meta.url)('onnxruntime-node');

let loads = 0;
const threads = [];
const create = InferenceSession.create;
InferenceSession.create = (file, options) => {
  loads += 1;
  threads.push(options?.intraOpNumThreads ?? null);
  return create.call(InferenceSession, file, options);
};

const { handler } = await import(pathToFileURL(handlerFile).href);

async function send(event, i) {
  const context = {
    functionName: 'digits',
    functionVersion: '$LATEST',
    memoryLimitInMB: '1769',
    awsRequestId: `r-${i}`,
  };
  const start = performance.now();
  const outcome = await handler(event, context).then(
    (value) => ({ value }),
    (error) => ({ error: { name: error.name, message: error.message, stack: error.stack ?? '' } }),
  );
  return { ...outcome, milliseconds: performance.now() - start };
}

const outcomes = [];
if (mode === 'concurrent') outcomes.push(...(await Promise.all(events.map(send))));
else for (const [i, event] of events.entries()) outcomes.push(await send(event, i));

const polluted = Object.keys(Object.prototype).length > 0 || {}.polluted !== undefined;
writeFileSync(outFile, JSON.stringify({ outcomes, loads, threads, polluted, rss: process.memoryUsage.rss() }));
