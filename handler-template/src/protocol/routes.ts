import type { Model, TensorSpec } from '../spec.ts';
import { datatypeOf } from './datatypes.ts';

/** Whether errors have to look as the protocol says. */
export const isProtocolPath = (path: string): boolean => /(^|\/)v2(\/|$)/.test(path);

/** Of the model, and of the one version that there is. */
const modelPaths = ({ name, version }: Model): readonly string[] => [
  `/v2/models/${name}`,
  `/v2/models/${name}/versions/${version}`,
];

export const inferPaths = (model: Model): readonly string[] => modelPaths(model).map((path) => `${path}/infer`);

/** Whether the JSON of a direct invoke is an inference request. */
export function isInferRequest(event: unknown): boolean {
  return typeof event === 'object' && event !== null && 'inputs' in event && Array.isArray(event.inputs);
}

/** What GET answers, by path. */
export function protocolFacts(model: Model): Readonly<Record<string, object>> {
  const { name, version, inputs, outputs } = model;
  const metadata = {
    name,
    versions: [version],
    platform: 'onnxruntime_onnx',
    inputs: inputs.map(metadataOf),
    outputs: outputs.map(metadataOf),
  };
  return {
    '/v2': { name: 'create-onnx-lambda', version: '1', extensions: [] },
    '/v2/health/live': { live: true },
    '/v2/health/ready': { ready: true },
    ...Object.fromEntries(
      modelPaths(model).flatMap((path): [string, object][] => [
        [path, metadata],
        [`${path}/ready`, { name, ready: true }],
      ]),
    ),
  };
}

/** -1 where any size is taken. */
function metadataOf(spec: TensorSpec): object {
  const shape = spec.dims.map((dim) => (typeof dim === 'number' ? dim : -1));
  return { name: spec.name, datatype: datatypeOf(spec), shape };
}
