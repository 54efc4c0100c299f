import { ServiceError } from './errors.ts';
import type { ModelInfo, PredictResponse } from './model.ts';
import { ort } from './native.ts';
import { readPicture } from './picture.ts';
import type { Wish } from './request.ts';
import { best } from './scores.ts';
import { labels, session } from './session.ts';
import { model, type TensorSpec } from './spec.ts';
import { timed } from './telemetry.ts';
import { toTensor, type TensorData } from './tensor.ts';

export const modelInfo: ModelInfo = { name: model.name, version: model.version };

const { task } = model;
const input = inputSpec(task.input);

/**
 * Picture in, predictions out.
 *
 * @throws ServiceError those of readPicture, RESULT_NOT_FINITE, RESULT_UNEXPECTED
 */
export async function predict({ picture, top = task.top }: Wish): Promise<PredictResponse> {
  const tensor = await timed('PreprocessingTime', async () => {
    const pixels = await readPicture(picture, model.megapixels, task.preprocessing);
    return toTensor(pixels, input, task.preprocessing);
  });
  const scores = await timed('InferenceTime', () => run(tensor));
  return { predictions: best(scores, task.scores, labels, top), model: modelInfo };
}

/** Scores of the first picture of the batch, one a class. */
async function run({ type, data, dims }: TensorData): Promise<Float32Array> {
  const results = await session.run({ [task.input]: new ort.Tensor(type, data, dims) }, [task.output]);
  const output = results[task.output];
  if (!output || !(output.data instanceof Float32Array) || output.data.length < task.classes) {
    throw new ServiceError(
      'RESULT_UNEXPECTED',
      'The model answered with another kind of result than it was built for.',
    );
  }
  return output.data.subarray(0, task.classes);
}

function inputSpec(name: string): TensorSpec {
  const spec = model.inputs.find((tensor) => tensor.name === name);
  if (!spec) throw new Error(`The model has no input ${name}`);
  return spec;
}
