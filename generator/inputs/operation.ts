import type { Operation } from '../../swagger/operation.ts';
import type { JsonSchema, NamedSchema, ObjectSchema } from '../../swagger/schemas.ts';
import type { Blueprint } from '../blueprint.ts';
import { schemesOf } from './question.ts';

const TITLE = 'UrlRequest';

/** Keys that a URL may stand under: the first that says nothing else in the task's requests. */
const FIELDS = ['url', 'input_url', 'data_url'];

/** POST /predict that takes URLs as well, where the project does. @param field key that a URL stands under */
export function withUrls(operation: Operation, { inputs }: Pick<Blueprint, 'inputs'>, field: string): Operation {
  const { request } = operation;
  const schemes = schemesOf(inputs);
  if (!request || schemes.length === 0) return operation;
  const places = schemes.map((scheme) => `${scheme}…`).join(' or ');
  return {
    ...operation,
    description: `${operation.description ?? ''} JSON may say where it is instead (${places}).`.trimStart(),
    request: { ...request, schema: withUrl(request.schema, field, places), relies: true },
  };
}

/** The key that a URL stands under in a task's requests. */
export function urlFieldOf(operation: Operation): string {
  const taken = formsOf(operation).flatMap((form) => (form.type === 'object' ? Object.keys(form.properties) : []));
  return FIELDS.find((field) => !taken.includes(field)) ?? 'url';
}

/** The form of a request that has a URL. */
export const urlFormOf = (operation: Operation): ObjectSchema | undefined =>
  formsOf(operation).find((form): form is ObjectSchema => form.type === 'object' && form.title === TITLE);

function formsOf({ request }: Operation): readonly JsonSchema[] {
  if (!request) return [];
  return request.schema.type === undefined ? request.schema.anyOf : [request.schema];
}

function withUrl(schema: NamedSchema, field: string, places: string): NamedSchema {
  const { title, description } = schema;
  const form = urlForm(schema, field, places);
  return { title, ...(description !== undefined && { description }), anyOf: [...ownForms(schema), form] };
}

function ownForms(schema: NamedSchema): readonly JsonSchema[] {
  if (schema.type === undefined) return schema.anyOf;
  const title = pictureIn(schema) === undefined ? 'DataRequest' : 'PictureRequest';
  return [{ ...without(schema, 'description'), title }];
}

/** The URL of a picture is in its place, beside all that may be said of it; that of other data is the whole request. */
function urlForm(schema: NamedSchema, field: string, places: string): ObjectSchema {
  const picture = pictureIn(schema);
  const what = picture === undefined ? 'the request is, as JSON' : 'the picture is';
  const url: JsonSchema = { description: `Where ${what}: ${places}`, type: 'string', minLength: 1 };
  const rest = schema.type === 'object' && picture !== undefined ? without(schema.properties, picture) : {};
  return {
    title: TITLE,
    type: 'object',
    required: [field],
    additionalProperties: false,
    properties: { [field]: url, ...rest },
  };
}

/** The key of a request's base64. */
function pictureIn(schema: NamedSchema): string | undefined {
  const fields = schema.type === 'object' ? Object.entries(schema.properties) : [];
  return fields.find(([, field]) => field.type === 'string' && field.format === 'byte')?.[0];
}

const without = <Fields extends object>(fields: Fields, name: string): Fields =>
  Object.fromEntries(Object.entries(fields).filter(([key]) => key !== name)) as Fields;
