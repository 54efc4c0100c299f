import type { Operation } from '../operation.ts';
import type { JsonSchema } from '../schemas.ts';
import { stringLiteral, typeOf } from '../typescript.ts';

type Request = NonNullable<Operation['request']>;

/** Whether a request is, or holds, bytes: the client takes them as they are, and JSON has them as base64. */
export const takesBytes = (request: Request): boolean =>
  request.bytes.length > 0 || formsOf(request.schema).some((form) => fieldsOf(form).length > 0);

const formsOf = (schema: JsonSchema): readonly JsonSchema[] =>
  schema.type === undefined && schema.anyOf ? schema.anyOf : [schema];

/** Names of the fields that are base64. */
const fieldsOf = (schema: JsonSchema): readonly string[] =>
  Object.entries(schema.type === 'object' ? schema.properties : {})
    .filter(([, field]) => field.type === 'string' && field.format === 'byte')
    .map(([name]) => name);

const union = (types: readonly string[]): string => types.map(stringLiteral).join(' | ');

/** What a method takes: bytes alone, JSON with bytes in it, or just JSON. */
export function inputType(request: Request): string {
  const forms = formsOf(request.schema);
  const holdBytes = forms.some((form) => fieldsOf(form).length > 0);
  const json = holdBytes ? forms.map(formType).join(' | ') : request.schema.title;
  return request.bytes.length > 0 ? `Bytes | ${json}` : json;
}

function formType(form: JsonSchema): string {
  const names = union(fieldsOf(form));
  return names ? `OrBytes<${typeOf(form)}, ${names}>` : typeOf(form);
}

/** A setting of a call that sends bytes or gets them. */
interface Setting {
  readonly doc: string;
  readonly name: string;
  readonly types: readonly string[];
}

function settingsOf({ request, answer }: Operation): readonly Setting[] {
  const sent = request?.bytes ?? [];
  const got = answer.bytes ?? [];
  return [
    { doc: 'What the bytes are; told by the bytes where it is left out.', name: 'contentType', types: sent },
    { doc: `What comes back: ${got[0]} where it is left out.`, name: 'accept', types: got },
  ].filter(({ types }) => types.length > 0);
}

/** The name of the type of a call's settings. */
export const optionsType = (operation: Operation): string =>
  settingsOf(operation).length > 0 ? 'PredictOptions' : 'CallOptions';

/** That type, where there is more to set than with every call. */
export function optionsTypes(operation: Operation): readonly string[] {
  const lines = settingsOf(operation).map(
    ({ doc, name, types }) => `  /** ${doc} */\n  readonly ${name}?: ${union(types)} | undefined;\n`,
  );
  if (lines.length === 0) return [];
  return [
    `/** Settings of a call of \`predict\`. */\nexport interface PredictOptions extends CallOptions {\n${lines.join('')}}\n`,
  ];
}
