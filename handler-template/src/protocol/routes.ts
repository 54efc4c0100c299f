import type { Model, TensorSpec } from '../spec.ts';
import { datatypeOf } from './datatypes.ts';

/** Whether errors have to look as the protocol says. */
export const isProtocolPath = (path: string): boolean => /(^|\/)v2(\/|$)/.test(path);

export const inferPath = ({ name }: Model): string => `/v2/models/${name}/infer`;

/** Whether the JSON of a direct invoke is an inference request. */
export function isInferRequest(event: unknown): boolean {
  return typeof event === 'object' && event !== null && 'inputs' in event && Array.isArray(event.inputs);
}

/** What GET answers, by path. */
export function protocolFacts({ name, version, inputs, outputs }: Model): Readonly<Record<string, object>> {
  return {
    '/v2': { name: 'create-onnx-lambda', version: '1', extensions: [] },
    '/v2/health/live': { live: true },
    '/v2/health/ready': { ready: true },
    [`/v2/models/${name}`]: {
      name,
      versions: [version],
      platform: 'onnxruntime_onnx',
      inputs: inputs.map(metadataOf),
      outputs: outputs.map(metadataOf),
    },
    [`/v2/models/${name}/ready`]: { name, ready: true },
  };
}

/** -1 where any size is taken. */
function metadataOf(spec: TensorSpec): object {
  const shape = spec.dims.map((dim) => (typeof dim === 'number' ? dim : -1));
  return { name: spec.name, datatype: datatypeOf(spec), shape };
}
