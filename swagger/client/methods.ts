import type { Operation } from '../operation.ts';
import { comment, PRINT_WIDTH, stringLiteral } from '../typescript.ts';
import { alternatives } from './alternatives.ts';
import { inputType, optionsType, takesBytes } from './bytes.ts';

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

/** A method as a member of the interface. */
export function declared(operation: Operation): string {
  const { operationId, summary, description, method, path } = operation;
  // The types say the same of `infer` as its description.
  const says = operationId === 'infer' || description === undefined ? `${summary}.` : description;
  const doc = comment({ description: `${says} \`${method} ${path}\`` }, '  ');
  const signatures = operationId === 'infer' ? [INFER] : signaturesOf(operation);
  return `${doc}${signatures.map((signature) => `  ${nameOf(operation)}${signature};\n`).join('')}`;
}

const INFER = `<Name extends keyof InferOutputs = keyof InferOutputs>(
    inputs: InferInputs,
    call?: InferOptions<Name>,
  ): Promise<InferResult<Name>>`;

function signaturesOf(operation: Operation): readonly string[] {
  const { request } = operation;
  const signature = (input: string | undefined, answer: string): string => {
    const parameters = [...(input === undefined ? [] : [`input: ${input}`]), `call?: ${optionsType(operation)}`];
    const line = `(${parameters.join(', ')}): Promise<${answer}>`;
    const fits = `  ${nameOf(operation)}${line};`.length <= PRINT_WIDTH;
    return fits ? line : `(\n${parameters.map((one) => `    ${one},\n`).join('')}  ): Promise<${answer}>`;
  };
  return [
    ...alternatives(operation).map(([input, answer]) => signature(input, answer)),
    signature(request && inputType(request), answered(operation)),
  ];
}

const answered = ({ answer }: Operation): string => (answer.bytes ? 'Blob' : answer.schema.title);

/** A method as a member of the object that `createClient` makes. */
export function implemented(operation: Operation): string {
  const path = stringLiteral(encodeURI(operation.path));
  const value = operation.operationId === 'infer' ? infer(path) : plain(operation, path);
  return `    ${nameOf(operation)}: ${value},\n`;
}

function plain(operation: Operation, path: string): string {
  const { request, answer } = operation;
  const isPredict = optionsType(operation) === 'PredictOptions';
  const settings = [
    ...(request?.bytes.length ? ['contentType'] : []),
    ...(answer.bytes ? [`accept = ${stringLiteral(answer.bytes[0] ?? '*/*')}`] : []),
  ];
  const call = isPredict ? `{ ${[...settings, '...call'].join(', ')} } = {}` : 'call';
  const sent = ['call', ...(request ? [bodyOf(request)] : []), ...(answer.bytes ? ['accept'] : [])].join(', ');
  const body = `{
      const response = await send(${path}, ${sent});
      return ${answer.bytes ? 'response.blob()' : `(await response.json()) as ${answer.schema.title}`};
    }`;
  if (alternatives(operation).length === 0) return `async (${request ? 'input, ' : ''}${call}) => ${body}`;
  const { title } = answer.schema;
  const typed = `(async (input: ${request?.schema.title}, call?: ${optionsType(operation)}): Promise<${title}> =>`;
  return `${typed} ${body}) as Client['${nameOf(operation)}']`;
}

function bodyOf(request: NonNullable<Operation['request']>): string {
  if (request.bytes.length > 0) return 'await bodyOf(input, contentType)';
  if (takesBytes(request)) return 'await bodyOf(input)';
  return `{ contentType: 'application/json', body: JSON.stringify(input) }`;
}

const infer = (path: string): string => `async <Name extends keyof InferOutputs>(
      inputs: InferInputs,
      { outputs, id, ...call }: InferOptions<Name> = {},
    ) => {
      const body = encodeRequest(inputs, INPUTS, outputs, id);
      const response = await send(${path}, call, body);
      return decodeResponse(await response.text(), OUTPUTS) as InferResult<Name>;
    }`;
