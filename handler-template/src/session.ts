import type { Tensor } from 'onnxruntime-node';
import { modelFile } from './model-file.ts';
import { ort } from './native.ts';
import type { Feeds, Results, TensorData } from './tensors.ts';
import { threads } from './threads.ts';

// At init, not at the first request: Lambda gives a starting function its full CPU, and it happens once an environment.
const session = await ort.InferenceSession.create(modelFile, {
  interOpNumThreads: 1,
  ...(threads && { intraOpNumThreads: threads }),
});

/** JavaScript gives no object a member of this name; in the served copy such an output has another. */
const RESERVED = '__proto__';
const servedName = (name: string): string => (name === RESERVED ? `${RESERVED}:served as` : name);

/** Runs the model: feeds by input, results by output; of the outputs only those that are asked for. */
export async function run(feeds: Feeds, outputs: readonly string[]): Promise<Results> {
  // No prototype: an input may be called anything.
  const tensors = Object.create(null) as Record<string, Tensor>;
  for (const [name, { type, data, dims }] of feeds) tensors[name] = new ort.Tensor(type, data, dims);
  const results = await session.run(tensors, outputs.map(servedName));
  return new Map(
    outputs.map((name) => {
      const { type, data, dims } = results[servedName(name)]!;
      return [name, { type, data, dims } as TensorData];
    }),
  );
}
