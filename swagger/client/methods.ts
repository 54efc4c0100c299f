import type { Operation } from '../operation.ts';
import { comment, stringLiteral } from '../typescript.ts';
import { inputType, takesBytes } from './bytes.ts';

/** Methods by operation; operations that are not here say nothing that the others don't. */
const NAMES: Readonly<Record<string, string>> = {
  predict: 'predict',
  infer: 'infer',
  modelMetadata: 'metadata',
  serverLive: 'live',
  modelReady: 'ready',
  health: 'health',
};

/** Whether the client has a method for an operation. */
export const hasMethod = ({ operationId }: Operation): boolean => operationId in NAMES;

const nameOf = ({ operationId }: Operation): string => NAMES[operationId] ?? operationId;

/** A method as the interface has it, and as the object literal does. */
interface Method {
  readonly signature: string;
  readonly value: string;
}

/** A method as a member of the interface. */
export function declared(operation: Operation): string {
  const { operationId, summary, description, method, path } = operation;
  // The types say the same of `infer` as its description.
  const says = operationId === 'infer' || description === undefined ? `${summary}.` : description;
  const doc = comment({ description: `${says} \`${method} ${path}\`` }, '  ');
  return `${doc}  ${nameOf(operation)}${methodOf(operation).signature};\n`;
}

/** A method as a member of the object that `createClient` makes. */
export function implemented(operation: Operation): string {
  return `    ${nameOf(operation)}: ${methodOf(operation).value},\n`;
}

/** What a method takes and hands on, by what its operation takes. */
const PLAIN = { takes: 'call?: CallOptions', names: 'call', body: '' };
const JSON_ONLY = {
  takes: 'call?: CallOptions',
  names: 'input, call',
  body: ", { contentType: 'application/json', body: JSON.stringify(input) }",
};
const BASE64 = { takes: 'call?: CallOptions', names: 'input, call', body: ', await bodyOf(input)' };
const BYTES = {
  takes: 'call?: BytesOptions',
  names: 'input, { contentType, ...call } = {}',
  body: ', await bodyOf(input, contentType)',
};

function methodOf(operation: Operation): Method {
  const { request, answer, operationId } = operation;
  const path = stringLiteral(encodeURI(operation.path));
  if (operationId === 'infer') return infer(path);
  const isBytes = request !== undefined && request.bytes.length > 0;
  const { takes, names, body } = !request ? PLAIN : isBytes ? BYTES : takesBytes(request) ? BASE64 : JSON_ONLY;
  const input = request ? `input: ${inputType(request)}, ` : '';
  return {
    signature: `(${input}${takes}): Promise<${answer.schema.title}>`,
    value: `async (${names}) => {
      const response = await send(${path}, call${body});
      return (await response.json()) as ${answer.schema.title};
    }`,
  };
}

const infer = (path: string): Method => ({
  signature: `<Name extends keyof InferOutputs = keyof InferOutputs>(
    inputs: InferInputs,
    call?: InferOptions<Name>,
  ): Promise<InferResult<Name>>`,
  value: `async <Name extends keyof InferOutputs>(
      inputs: InferInputs,
      { outputs, id, ...call }: InferOptions<Name> = {},
    ) => {
      const body = encodeRequest(inputs, INPUTS, outputs, id);
      const response = await send(${path}, call, body);
      return decodeResponse(await response.text(), OUTPUTS) as InferResult<Name>;
    }`,
});
