/** What the elements of a tensor lie in, by the element types that onnxruntime takes and gives. */
export interface ArrayOf {
  /** 0 or 1. */
  bool: Uint8Array;
  int8: Int8Array;
  int16: Int16Array;
  int32: Int32Array;
  int64: BigInt64Array;
  uint8: Uint8Array;
  uint16: Uint16Array;
  uint32: Uint32Array;
  uint64: BigUint64Array;
  float32: Float32Array;
  float64: Float64Array;
  string: readonly string[];
}

export type RunType = keyof ArrayOf;

/** All element types that a model's inputs and outputs may have; halves can't be fed or read, so the boundary is cast. */
export type ElementType = RunType | 'float16' | 'bfloat16';

/** Elements in row-major order; dims outermost first, none for rank 0. */
export type TensorData<Type extends RunType = RunType> = {
  [K in Type]: { readonly type: K; readonly data: ArrayOf[K]; readonly dims: readonly number[] };
}[Type];

/** By the name of the input, whatever it is called. */
export type Feeds = ReadonlyMap<string, TensorData>;

/** By the name of the output. */
export type Results = ReadonlyMap<string, TensorData>;
