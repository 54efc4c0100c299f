import type { Operation } from '../operation.ts';
import { interfaces, stringLiteral } from '../typescript.ts';

type Request = NonNullable<Operation['request']>;

/** Whether a request is, or holds, bytes: the client takes them as they are, and JSON has them as base64. */
export const takesBytes = (request: Request): boolean => request.bytes.length > 0 || fieldsOf(request).length > 0;

/** Names of the fields that are base64. */
const fieldsOf = ({ schema }: Request): readonly string[] =>
  Object.entries(schema.type === 'object' ? schema.properties : {})
    .filter(([, field]) => field.type === 'string' && field.format === 'byte')
    .map(([name]) => name);

/** What a method takes: bytes alone, JSON with bytes in it, or just JSON. */
export function inputType(request: Request): string {
  const { title } = request.schema;
  const names = fieldsOf(request).map(stringLiteral).join(' | ');
  const json = names ? `OrBytes<${title}, ${names}>` : title;
  return request.bytes.length > 0 ? `Bytes | ${json}` : json;
}

/** The client's types of a request's body, and of the settings of a call that sends bytes. */
export function requestTypes(request: Request): readonly string[] {
  const types = request.bytes.map((type) => stringLiteral(type)).join(' | ');
  const options = `/** Settings of a call that sends bytes. */
export interface BytesOptions extends CallOptions {
  /** What the bytes are; told by the bytes where it is left out. */
  readonly contentType?: ${types} | undefined;
}
`;
  return [interfaces([request.schema]), ...(types && [options])];
}
