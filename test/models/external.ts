import { create } from '@bufbuild/protobuf';
import { StringStringEntryProtoSchema, type ModelProto } from '../../generator/model/onnx_pb.ts';

/** Moves a model's weights into other bytes, as exporters do above 2 GB: the changed model, and what belongs into the file. */
export function external(model: ModelProto, location: string): { model: ModelProto; data: Uint8Array } {
  const parts: Uint8Array[] = [];
  let offset = 0;
  for (const weight of model.graph?.initializer ?? []) {
    const { rawData } = weight;
    const entry = (key: string, value: string) => create(StringStringEntryProtoSchema, { key, value });
    weight.externalData = [
      entry('location', location),
      entry('offset', String(offset)),
      entry('length', String(rawData.length)),
    ];
    weight.dataLocation = 1;
    weight.rawData = new Uint8Array();
    parts.push(rawData);
    offset += rawData.length;
  }
  return { model, data: Buffer.concat(parts) };
}
