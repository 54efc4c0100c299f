import type { Blueprint } from '../generator/blueprint.ts';
import type { DeclaredType, ElementType, TensorSpec } from '../generator/model/spec.ts';
import type { Operation } from './operation.ts';
import type { ArraySchema, JsonSchema, NamedSchema, ObjectSchema } from './schemas.ts';

/** The protocol's names of element types. */
const DATATYPES: Readonly<Record<ElementType, string>> = {
  bool: 'BOOL',
  int8: 'INT8',
  int16: 'INT16',
  int32: 'INT32',
  int64: 'INT64',
  uint8: 'UINT8',
  uint16: 'UINT16',
  uint32: 'UINT32',
  uint64: 'UINT64',
  float16: 'FP16',
  bfloat16: 'BF16',
  float32: 'FP32',
  float64: 'FP64',
  string: 'BYTES',
};

type Tensor = Pick<TensorSpec, 'name' | 'elementType' | 'declaredType' | 'dims'>;

/** The datatype that clients see; types that the protocol has no name for show what they are cast to. */
export const datatypeOf = ({ elementType, declaredType }: Pick<Tensor, 'elementType' | 'declaredType'>): string =>
  (DATATYPES as Readonly<Partial<Record<DeclaredType, string>>>)[declaredType ?? elementType] ?? DATATYPES[elementType];

const text = { type: 'string' } as const;
const object = (title: string, required: readonly string[], properties: Record<string, JsonSchema>): NamedSchema => ({
  title,
  type: 'object',
  required,
  additionalProperties: false,
  properties,
});
/** Arrays have to be bounded: 6 MB of JSON hold fewer values than this. */
const MOST = 4_000_000;
const list = (items: JsonSchema): ArraySchema => ({ type: 'array', maxItems: MOST, items });

const shape: ArraySchema = { description: 'Outermost first; empty for one value.', ...list({ type: 'integer' }) };
const parameters: ObjectSchema = {
  description: 'Taken and passed over.',
  type: 'object',
  additionalProperties: true,
  properties: {},
};

const tensor = (title: string): NamedSchema =>
  object(title, ['name', 'shape', 'datatype', 'data'], {
    name: text,
    shape,
    datatype: text,
    parameters,
    data: { description: 'The values, row by row, flat or nested as the shape is.', ...list({}) },
  });

const inferRequest: NamedSchema = {
  ...object('InferRequest', ['inputs'], {
    id: text,
    parameters,
    inputs: list(tensor('InferInputTensor')),
    outputs: {
      description: 'Which outputs are wanted; all where it is left out.',
      ...list(object('InferRequestedOutput', ['name'], { name: text, parameters })),
    },
  }),
  description: 'Body of an inference request, and the event of a direct invoke.',
};

const inferResponse = object('InferResponse', ['model_name', 'outputs'], {
  model_name: text,
  model_version: text,
  id: text,
  outputs: list(tensor('InferOutputTensor')),
});

const metadataTensor = object('TensorMetadata', ['name', 'datatype', 'shape'], {
  name: text,
  datatype: text,
  shape: { description: '-1 where any size is taken.', ...list({ type: 'integer' }) },
});
const modelMetadata = object('ModelMetadata', ['name', 'platform', 'inputs', 'outputs'], {
  name: text,
  versions: list(text),
  platform: text,
  inputs: list(metadataTensor),
  outputs: list(metadataTensor),
});
const serverMetadata = object('ServerMetadata', ['name', 'version', 'extensions'], {
  name: text,
  version: text,
  extensions: list(text),
});
const live = object('ServerLive', ['live'], { live: { type: 'boolean' } });
const ready = object('ServerReady', ['ready'], { ready: { type: 'boolean' } });
const modelReady = object('ModelReady', ['name', 'ready'], { name: text, ready: { type: 'boolean' } });

/**
 * The Open Inference Protocol, version 2: tensors in and out of any model.
 *
 * @see https://kserve.github.io/website/docs/concepts/architecture/data-plane/v2-protocol
 */
export function protocolOperations({ model }: Blueprint): readonly Operation[] {
  const { name, version } = model;
  const metadata = (tensors: readonly Tensor[]): object[] =>
    tensors.map((one) => ({
      name: one.name,
      datatype: datatypeOf(one),
      shape: one.dims.map((dim) => (typeof dim === 'number' ? dim : -1)),
    }));
  const [inputs, outputs] = [metadata(model.inputs), metadata(model.outputs)];
  const get = (
    path: string,
    operationId: string,
    summary: string,
    schema: NamedSchema,
    example: object,
  ): Operation => ({
    method: 'GET',
    path,
    operationId,
    tag: 'operations',
    summary,
    answer: { description: summary, schema, example },
  });
  /** Of the model, and of the one version that there is. */
  const ofModel = (path: string, suffix: string): Operation[] => [
    {
      method: 'POST',
      path: `${path}/infer`,
      operationId: `infer${suffix}`,
      tag: 'inference',
      summary: 'Run the model on tensors',
      description: `Open Inference Protocol. Inputs: ${signature(model.inputs)}. Outputs: ${signature(model.outputs)}.`,
      request: {
        description: 'The inputs, by name.',
        schema: inferRequest,
        example: { inputs: model.inputs.map((one) => exampleTensor(one)) },
        bytes: [],
      },
      answer: {
        description: 'The outputs',
        schema: inferResponse,
        example: {
          model_name: name,
          model_version: version,
          outputs: model.outputs.map((one) => exampleTensor(one)),
        },
      },
    },
    get(path, `modelMetadata${suffix}`, 'What the model takes and gives', modelMetadata, {
      name,
      versions: [version],
      platform: 'onnxruntime_onnx',
      inputs,
      outputs,
    }),
    get(`${path}/ready`, `modelReady${suffix}`, 'Whether the model is loaded', modelReady, { name, ready: true }),
  ];
  return [
    ...ofModel(`/v2/models/${name}`, ''),
    ...(PATH_PART.test(version) ? ofModel(`/v2/models/${name}/versions/${version}`, 'OfVersion') : []),
    get('/v2', 'serverMetadata', 'What serves the model', serverMetadata, {
      name: 'create-onnx-lambda',
      version: '1',
      extensions: [],
    }),
    get('/v2/health/live', 'serverLive', 'Whether the service answers', live, { live: true }),
    get('/v2/health/ready', 'serverReady', 'Whether the service is ready', ready, { ready: true }),
  ];
}

/** What needs no encoding in a path. */
const PATH_PART = /^[\w.-]+$/;

const signature = (tensors: readonly Tensor[]): string =>
  tensors.map((one) => `${one.name} ${datatypeOf(one)}[${one.dims.map((dim) => dim ?? '?').join(', ')}]`).join(', ');

/** A tensor of zeros where it is small, else its beginning: documentation only. */
function exampleTensor(one: Tensor): object {
  const dims = one.dims.map((dim) => (typeof dim === 'number' ? dim : 1));
  const zero = one.elementType === 'string' ? '' : one.elementType === 'bool' ? false : 0;
  const length = dims.reduce((product, dim) => product * dim, 1);
  return {
    name: one.name,
    shape: dims,
    datatype: datatypeOf(one),
    data: Array<unknown>(Math.min(Math.max(length, 0), 4)).fill(zero),
  };
}
