import { basename, extname } from 'node:path';
import { ToolError } from '../errors.ts';
import { mendModel } from '../model/mend.ts';
import { probeModel, type Trial } from '../model/probe.ts';
import { readModel } from '../model/read.ts';
import type { Served } from '../model/served-copy.ts';
import type { Dim, TensorSpec } from '../model/spec.ts';
import type { ModelHints } from '../questions/context.ts';
import type { Io } from '../io.ts';

/** All that the model, and what lies beside it, told. */
export interface Learned {
  readonly served: Served;
  readonly trial: Trial;
  readonly hints: ModelHints;
  /** The tensors of the task. */
  readonly input: TensorSpec;
  readonly output: TensorSpec;
  readonly classes: number;
  readonly labels: readonly string[] | undefined;
}

/** Reads the model, mends a copy in memory and really runs it. @throws ToolError MODEL_…, TASK_DOES_NOT_FIT */
export async function learnModel(file: string, io: Pick<Io, 'signal'>): Promise<Learned> {
  const spec = await readModel(file);
  const mended = await mendModel(spec);
  const served = { spec, mended };
  const trial = await probeModel(served, { signal: io.signal });
  const [input, ...others] = mended.inputs;
  const [output] = mended.outputs;
  if (!input || !output || others.length > 0 || input.dims.length !== 4) throw misfit(spec.file);
  const channelsAt = ([, first, , last]: readonly Dim[]): 1 | 3 | undefined =>
    first === 1 || first === 3 ? 1 : last === 1 || last === 3 ? 3 : undefined;
  const at = channelsAt(input.dims) ?? 1;
  const layout = at === 1 ? 'NCHW' : 'NHWC';
  const channels = input.dims[at];
  const [height, width] = layout === 'NCHW' ? input.dims.slice(2) : input.dims.slice(1, 3);
  const fixed = (dim: Dim | undefined): number | undefined => (typeof dim === 'number' ? dim : undefined);
  const tried = trial.outputs[output.name];
  const classes = tried?.dims.at(-1);
  if (classes === undefined) throw misfit(spec.file);
  return {
    served,
    trial,
    input,
    output,
    classes,
    labels: undefined,
    hints: {
      modelName: basename(file, extname(file)).slice(0, 64),
      modelVersion: spec.metadata['model_version'],
      classes,
      hasLabels: false,
      fixed: {
        size: [fixed(width), fixed(height)],
        layout,
        channels: channels === 1 || channels === 3 ? channels : undefined,
        bytes: input.elementType === 'uint8',
      },
      preprocessing: {},
      scores: tried?.sumsToOne ? 'probabilities' : 'logits',
    },
  };
}

function misfit(where: string): ToolError {
  return new ToolError('TASK_DOES_NOT_FIT', {
    what: 'This model is no image classifier.',
    where,
    expected: 'one input of 4 dimensions and one output with a score for each class',
  });
}
