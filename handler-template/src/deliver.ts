import { outputs } from './outputs.ts';
import type { Result } from './outputs/output.ts';

/** Hands an answer to every output, in the order of onnx-lambda.yaml. @throws what the first output that fails does */
export async function deliver(result: Result): Promise<void> {
  for (const output of outputs) await output.deliver(result);
}
