import { fromBinary, toBinary } from '@bufbuild/protobuf';
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { mendProto } from './mendings/table.ts';
import { ModelProtoSchema } from './onnx_pb.ts';
import type { Mending, ModelSpec, TensorSpec } from './spec.ts';

interface ServedModel {
  /** Of the file that is served. */
  readonly sha256: string;
  /** Bytes of the file that is served. */
  readonly size: number;
  readonly mendings: readonly Mending[];
  readonly inputs: readonly TensorSpec[];
  readonly outputs: readonly TensorSpec[];
  /** Files with weights that must lie beside it under the same relative path. */
  readonly externalData: readonly { readonly path: string; readonly from: string }[];
}

/** The model that is served: the file as it is, which nobody reads into memory for that, or a mended copy's bytes. */
export type Mended =
  | (ServedModel & { readonly kind: 'original' })
  | (ServedModel & { readonly kind: 'mended'; readonly bytes: Uint8Array });

/**
 * The model as it is served: a copy with the mendings applied that its specification names, where it names some. It answers as
 * the original does. The file itself is not touched. A model file that is mended is at most 2 GB and in memory meanwhile;
 * weights beside it are not read.
 */
export async function mendModel(spec: ModelSpec): Promise<Mended> {
  const { inputs, outputs } = spec.served;
  const externalData = spec.externalData.map((path) => ({ path, from: join(dirname(spec.file), path) }));
  const served = { mendings: spec.mendings, inputs, outputs, externalData };
  if (spec.mendings.length === 0) return { kind: 'original', ...served, sha256: spec.sha256, size: spec.bytes };
  const bytes = mendBytes(await readFile(spec.file));
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  return { kind: 'mended', ...served, sha256, size: bytes.length, bytes };
}

/** Applies all mendings to a model in memory. Pure: bytes in, new bytes out. */
export function mendBytes(original: Uint8Array): Uint8Array {
  const model = fromBinary(ModelProtoSchema, original);
  mendProto(model);
  return toBinary(ModelProtoSchema, model);
}
