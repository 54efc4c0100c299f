import type { Model, TensorSpec } from '../../handler-template/src/spec.ts';
import { apiEvent, bodyOf, type Outcome } from './service.ts';

export const TASKLESS = {
  'task.ts':
    "import type { AnyTask } from './task-types.ts';\nexport const task: AnyTask | undefined = undefined;\n",
};

/** Each element type with dims of its own; `half` is fed as float32, as a mended model's boundary is. */
export const INPUTS = {
  bool: { elementType: 'bool', dims: [2] },
  int8: { elementType: 'int8', dims: [2] },
  int16: { elementType: 'int16', dims: [2] },
  int32: { elementType: 'int32', dims: ['n', 2] },
  int64: { elementType: 'int64', dims: ['n'] },
  uint8: { elementType: 'uint8', dims: [2] },
  uint16: { elementType: 'uint16', dims: [null] },
  uint32: { elementType: 'uint32', dims: [2] },
  uint64: { elementType: 'uint64', dims: [2] },
  half: { elementType: 'float32', dims: [2] },
  float32: { elementType: 'float32', dims: [2, 2] },
  float64: { elementType: 'float64', dims: [] },
  string: { elementType: 'string', dims: ['words'] },
  empty: { elementType: 'float32', dims: ['none', 3] },
} as const;

export const specOf = (suffix: string): TensorSpec[] =>
  Object.entries(INPUTS).map(([name, spec]) => ({
    name: name + suffix,
    ...spec,
    ...(name === 'half' && { declaredType: 'float16' }),
  }));

export const named = (name: string, inputs: readonly TensorSpec[], outputs: readonly TensorSpec[]): Model => ({
  name,
  version: '3',
  task: { kind: 'tensor' },
  inputs,
  outputs,
  limits: {},
  protocol: true,
});

export interface Tensor {
  name: string;
  datatype: string;
  shape: number[];
  data: unknown;
}

export const ALL: readonly Tensor[] = [
  { name: 'bool', datatype: 'BOOL', shape: [2], data: [true, 0] },
  { name: 'int8', datatype: 'INT8', shape: [2], data: [-128, 127] },
  { name: 'int16', datatype: 'INT16', shape: [2], data: [-32768, 32767] },
  { name: 'int32', datatype: 'INT32', shape: [1, 2], data: [[-2147483648, 2147483647]] },
  { name: 'int64', datatype: 'INT64', shape: [1], data: ['-9223372036854775808'] },
  { name: 'uint8', datatype: 'UINT8', shape: [2], data: [0, 255] },
  { name: 'uint16', datatype: 'UINT16', shape: [3], data: [0, 1, 65535] },
  { name: 'uint32', datatype: 'UINT32', shape: [2], data: [0, 4294967295] },
  { name: 'uint64', datatype: 'UINT64', shape: [2], data: ['18446744073709551615', 7] },
  { name: 'half', datatype: 'FP16', shape: [2], data: [65504, -0.5] },
  { name: 'float32', datatype: 'FP32', shape: [2, 2], data: [[1.5, -2], [3, 1e-3]] },
  { name: 'float64', datatype: 'FP64', shape: [], data: [1e308] },
  { name: 'string', datatype: 'BYTES', shape: [2], data: ['é "quoted"\n', ''] },
  { name: 'empty', datatype: 'FP32', shape: [0, 3], data: [] },
]; // prettier-ignore

export const infer = (body: unknown, name = 'all'): object =>
  apiEvent({ resource: `/v2/models/${name}/infer`, body: typeof body === 'string' ? body : JSON.stringify(body) });
export const get = (resource: string): object => apiEvent({ method: 'GET', resource, type: null });
export const textOf = ({ value: got }: Outcome): string => got?.body ?? '';
export const outputsOf = (outcome: Outcome): Tensor[] => (bodyOf(outcome) as { outputs?: Tensor[] }).outputs ?? [];

