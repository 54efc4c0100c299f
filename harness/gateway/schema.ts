import { Validator, type Schema } from '@cfworker/json-schema';
import { isMapping, type Mapping } from '../template/values.ts';

/** What API Gateway leaves out when it makes a model of an OpenAPI schema (its list of important notes). */
const LEFT_OUT = new Set([
  'minItems',
  'maxItems',
  'example',
  'discriminator',
  'readOnly',
  'writeOnly',
  'xml',
  'deprecated',
  'externalDocs',
]);

/** The body's troubles, empty where it fits. */
export type Check = (body: string) => readonly string[];

/**
 * Checks bodies against a schema of the document, as a model of API Gateway does (JSON Schema draft 4).
 *
 * @param components of the document, for `$ref`
 */
export function bodyCheck(schema: Mapping, components: unknown): Check {
  const root = { ...(modelOf(schema) as Mapping), components: modelOf(components) };
  const validator = new Validator(root as Schema, '4', false);
  return (body) => {
    try {
      const { valid, errors } = validator.validate(JSON.parse(body));
      return valid ? [] : errors.map(({ instanceLocation, error }) => `${instanceLocation}: ${error}`);
    } catch (error) {
      // No JSON, or nested deeper than the stack goes.
      return [error instanceof Error ? error.message : String(error)];
    }
  };
}

/** OpenAPI 3.0's dialect as draft 4: `nullable` becomes a type, what API Gateway does not know is left out. */
function modelOf(value: unknown, isProperties = false): unknown {
  if (Array.isArray(value)) return value.map((item) => modelOf(item));
  if (!isMapping(value)) return value;
  const entries = Object.entries(value)
    .filter(([key]) => isProperties || (!LEFT_OUT.has(key) && key !== 'nullable'))
    .map(([key, item]) => [key, modelOf(item, key === 'properties' && !isProperties)] as const);
  const model = Object.fromEntries(entries);
  const type = model['type'];
  return !isProperties && value['nullable'] === true && typeof type === 'string'
    ? { ...model, type: [type, 'null'] }
    : model;
}
