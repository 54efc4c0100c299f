import type { Blueprint } from '../blueprint.ts';
import { urlExample } from '../inputs/example.ts';
import { predictOf } from '../dialects/speak.ts';
import { triggerTable } from '../triggers/table.ts';
import { json, type FileMap } from '../write/file-map.ts';
import type { Sample } from './fixtures.ts';
import { sampleName } from './rest-event.ts';

/** Events for `onnx-lambda invoke --event` and `sam local invoke --event`: a direct invoke's, and those of each trigger. */
export function events(blueprint: Blueprint, sample: Sample): FileMap {
  const ofTriggers = blueprint.triggers.map((trigger) => triggerTable.of(trigger).events(trigger, sample, blueprint));
  const named = urlExample(blueprint, predictOf(blueprint), sample);
  const all: Readonly<Record<string, object>> = Object.assign(
    { [sampleName(sample)]: sample.event, ...(named && { 'predict-url': named }) },
    ...ofTriggers,
  );
  return Object.fromEntries(Object.entries(all).map(([name, event]) => [`events/${name}.json`, json(event)]));
}
