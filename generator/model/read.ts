import { fromBinary } from '@bufbuild/protobuf';
import { createHash } from 'node:crypto';
import { resolve } from 'node:path';
import { ToolError } from '../errors.ts';
import { classNamesOf } from './class-names.ts';
import { checkExternalData } from './external.ts';
import { tellFileKind } from './file-kinds.ts';
import { WireError } from './file-reader.ts';
import { countOperators, domainOf, makerOf, readInside, walkGraphs } from './graph.ts';
import { mendProto } from './mendings/table.ts';
import { ModelProtoSchema, type ModelProto } from './onnx_pb.ts';
import { withFile } from './open-file.ts';
import { declaredTypes, initializersAsInputs, readSignature } from './signature.ts';
import { declaredName } from './served-name.ts';
import { readSkeleton, type Progress } from './skeleton.ts';
import type { DeclaredType, ModelSpec, Signature, TensorSpec } from './spec.ts';
import { checkSupport } from './support.ts';

/**
 * Reads what a model file says of itself, without its weights: one pass, one chunk in memory.
 * All that can be refused without running the model is refused here.
 *
 * @throws ToolError MODEL_… (see `CODES`), by the file's content and never by its name
 */
export async function readModel(file: string): Promise<ModelSpec> {
  const path = resolve(file);
  const { model, bytes, sha256 } = withFile(path, (fd, size) => readProto(fd, size, path));
  checkSupport(model, path);
  const external = await checkExternalData(model, path);
  const { graph } = model;
  const metadata = Object.fromEntries(model.metadataProps.map(({ key, value }) => [key, value]));
  if (model.modelVersion !== 0n) metadata['model_version'] ??= String(model.modelVersion);
  if (model.docString !== '') metadata['doc_string'] ??= model.docString;
  const own = {
    file: path,
    externalData: external.files,
    bytes,
    externalBytes: external.bytes,
    sha256,
    graphName: graph?.name ?? '',
    producer: [model.producerName, model.producerVersion].filter(Boolean).join(' '),
    irVersion: Number(model.irVersion),
    opsets: Object.fromEntries(model.opsetImport.map(({ domain, version }) => [domainOf(domain), Number(version)])),
    parameters: countParameters(model),
    operators: countOperators(model),
    ...readSignature(graph, path),
    initializersAsInputs: initializersAsInputs(graph),
    readInside: readInside(
      graph,
      (graph?.output ?? []).map(({ name }) => name),
    ),
    metadata,
    classNames: classNamesOf(graph),
  };
  const declared = declaredTypes(graph);
  // From here on the model in memory is the mended one.
  const mendings = mendProto(model);
  const served = asDeclared(readSignature(graph, path), declared);
  return { ...own, madeBy: madeBy(model, served), mendings, served };
}

function madeBy(model: ModelProto, { outputs }: Signature): Record<string, string> {
  const makers = outputs.map(({ name }) => [name, makerOf(model, name)] as const);
  return Object.fromEntries(makers.filter((made): made is [string, string] => made[1] !== undefined));
}

/** As callers see the served signature: names as in the file, and of each tensor what the file declares where a mending made another type of it. */
function asDeclared(signature: Signature, declared: ReadonlyMap<string, string>): Signature {
  const tell = ({ name, ...rest }: TensorSpec): TensorSpec => {
    const tensor = { name: declaredName(name), ...rest };
    const type = declared.get(tensor.name);
    return type === undefined || type === tensor.elementType
      ? tensor
      : { ...tensor, declaredType: type as DeclaredType };
  };
  return { ...signature, inputs: signature.inputs.map(tell), outputs: signature.outputs.map(tell) };
}

function readProto(fd: number, size: number, path: string): { model: ModelProto; bytes: number; sha256: string } {
  if (size === 0) throw new ToolError('MODEL_EMPTY', { what: 'The model file is empty.', where: path });
  const kind = tellFileKind(fd, size);
  if (kind) {
    const { code, what, next } = kind;
    throw new ToolError(code, { what, where: path, expected: 'an ONNX model in binary form', ...(next && { next }) });
  }
  const hash = createHash('sha256');
  const progress: Progress = { irVersion: undefined };
  try {
    const skeleton = readSkeleton(fd, size, hash, progress);
    const model = fromBinary(ModelProtoSchema, skeleton);
    // A file may also end between two fields; the graph and the opsets come after the version.
    if (plausible(progress) && (!model.graph || (model.opsetImport.length === 0 && model.irVersion >= 3n))) {
      throw new WireError('truncated', size);
    }
    if (!model.graph || !plausible(progress)) throw new WireError('malformed', 0);
    return { model, bytes: size, sha256: hash.digest('hex') };
  } catch (error) {
    const truncated = error instanceof WireError && error.kind === 'truncated' && plausible(progress);
    throw truncated
      ? new ToolError(
          'MODEL_TRUNCATED',
          { what: `The model ends too early, after ${size} bytes.`, where: path, next: 'Copy or download it again.' },
          { cause: error },
        )
      : new ToolError(
          'MODEL_NOT_ONNX',
          { what: 'This is no ONNX model.', where: path, expected: 'an ONNX model in binary form' },
          { cause: error },
        );
  }
}

/** IR versions count up slowly: a file of another kind hardly starts with a small one. */
function plausible({ irVersion }: Progress): boolean {
  return irVersion !== undefined && irVersion >= 1 && irVersion < 128;
}

function countParameters(model: ModelProto): number {
  let count = 0;
  for (const { initializer } of model.graph ? walkGraphs(model.graph) : []) {
    for (const { dims } of initializer) count += Number(dims.reduce((product, dim) => product * dim, 1n));
  }
  return count;
}
