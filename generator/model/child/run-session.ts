import type { InferenceSession, Tensor } from 'onnxruntime-node';
import { servedName } from '../served-name.ts';

/** Runs a served model on tensors by input name; the results by output name, whatever that is. */
export async function runSession(
  session: InferenceSession,
  feeds: ReadonlyMap<string, Tensor>,
  outputs: readonly string[],
): Promise<Map<string, Tensor>> {
  const results = await session.run(Object.fromEntries(feeds), outputs.map(servedName));
  return new Map(outputs.map((name) => [name, results[servedName(name)] as Tensor]));
}
