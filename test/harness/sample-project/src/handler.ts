import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { badStart } from './bad-start.ts';
import { behaviours, type Event } from './behaviours.ts';

badStart(process.env['INIT'] ?? '');

/** What the start of the process saw: a test reads it through `{"do": "tell"}`. */
const require = createRequire(import.meta.url);
const started = {
  model: readFileSync(process.env['MODEL_FILE'] ?? '', 'utf8').trim(),
  onnxruntime: require.resolve('onnxruntime-node'),
  id: `${process.pid}-${Math.random()}`,
};

export async function handler(event: Event, context: { getRemainingTimeInMillis(): number }): Promise<unknown> {
  const name = event.do ?? event.queryStringParameters?.['do'] ?? 'echo';
  const behave = behaviours[name];
  if (!behave) throw new Error(`There is no behaviour ${name}.`);
  return behave(event, context, started);
}
