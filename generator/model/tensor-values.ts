import type { TensorProto } from './onnx_pb.ts';

const INT32 = 6;
const INT64 = 7;
const STRING = 8; // TensorProto.data_type

/** The whole numbers of a small tensor, indices for example; none where it holds others. */
export function numbersOf({ dataType, int32Data, int64Data, rawData }: TensorProto): readonly number[] {
  const view = new DataView(rawData.buffer, rawData.byteOffset, rawData.byteLength);
  const raw = (size: number, read: (at: number) => number): number[] =>
    Array.from({ length: Math.floor(view.byteLength / size) }, (_, i) => read(i * size));
  if (dataType === INT64)
    return int64Data.length > 0 ? int64Data.map(Number) : raw(8, (at) => Number(view.getBigInt64(at, true)));
  if (dataType === INT32) return int32Data.length > 0 ? int32Data : raw(4, (at) => view.getInt32(at, true));
  return [];
}

/** Text or whole numbers of a small tensor, as words; none where it holds others, or where some of them were left out. */
export function wordsIn(tensor: TensorProto): readonly string[] {
  const { dataType, stringData, dims } = tensor;
  const words =
    dataType === STRING ? stringData.map((bytes) => Buffer.from(bytes).toString()) : numbersOf(tensor).map(String);
  return BigInt(words.length) === dims.reduce((product, dim) => product * dim, 1n) ? words : [];
}
