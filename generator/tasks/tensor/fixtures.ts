import { askOnSamples } from '../../model/ask-on-samples.ts';
import { own } from '../../own.ts';
import type { Fixture } from '../../render/fixtures.ts';
import { json } from '../../write/file-map.ts';
import type { FixtureParts, Fixtures } from '../task.ts';
import type { RecordAnswer, RecordRequest } from './child/record.ts';

/** An inference request and what the model answers it with, as JSON of the Open Inference Protocol. */
const FILE = 'tensors.json';
/** Larger requests say no more, and are read by people. */
const MOST_VALUES = 50_000;

/**
 * A request of made-up tensors in the shape of the trial run, with what the model itself answers; none where there would be too many
 * numbers or the model answers with one that JSON does not know.
 *
 * @throws ToolError MODEL_DOES_NOT_RUN
 */
export async function recordTensors(parts: FixtureParts): Promise<Fixture | undefined> {
  const { served, trial, blueprint, signal } = parts;
  const { inputs, outputs, name } = blueprint.model;
  const dims = [...Object.values(trial.inputs), ...Object.values(trial.outputs).map((output) => output.dims)];
  const values = dims.reduce((sum, one) => sum + one.reduce((product, dim) => product * dim, 1), 0);
  if (!trial.ran || values > MOST_VALUES) return undefined;
  const answer = await askOnSamples<RecordRequest, RecordAnswer>(
    served,
    'tensors',
    'generator/tasks/tensor/child/record.js',
    {
      inputs: inputs.map((one) => ({
        ...one,
        dims: own(trial.inputs, one.name) ?? [],
        content: own(trial.contents, one.name) ?? 'run',
      })),
      outputs,
    },
    { signal },
  );
  if (answer.kind === 'not-finite') return undefined;
  const { request, response } = answer;
  return { file: FILE, entry: json(request), path: `/v2/models/${name}/infer`, response };
}

/** The one request of a project that has no other task. */
export async function tensorFixtures(parts: FixtureParts): Promise<Fixtures> {
  const fixture = await recordTensors(parts);
  const path = `/v2/models/${parts.blueprint.model.name}/infer`;
  const event = fixture?.entry.kind === 'text' ? (JSON.parse(fixture.entry.text) as object) : { inputs: [] };
  const body = Buffer.from(JSON.stringify(event));
  return {
    fixtures: fixture ? [fixture] : [],
    sample: { file: FILE, path, contentType: 'application/json', body, event },
  };
}
