import type {
  AlternativesSchema,
  ArraySchema,
  JsonSchema,
  NumberSchema,
  ObjectSchema,
  StringSchema,
} from '../../../swagger/schemas.ts';

/** Whether every value of `narrow` is one of `wide` too. Where that can't be told it is not said. */
export function covers(wide: JsonSchema, narrow: JsonSchema): boolean {
  if (isChoice(wide) || isChoice(narrow))
    return alternatives(narrow).every((one) => alternatives(wide).some((other) => covers(other, one)));
  if (isAny(wide)) return true;
  if (wide.type === undefined || narrow.type === undefined) return isNull(wide) && isNull(narrow);
  switch (wide.type) {
    case 'object':
      return narrow.type === 'object' && objectCovers(wide, narrow);
    case 'array':
      return narrow.type === 'array' && arrayCovers(wide, narrow);
    case 'string':
      return narrow.type === 'string' && stringCovers(wide, narrow);
    case 'boolean':
      return narrow.type === 'boolean';
    case 'integer':
      return narrow.type === 'integer' && numberCovers(wide, narrow);
    case 'number':
      return (narrow.type === 'integer' || narrow.type === 'number') && numberCovers(wide, narrow);
  }
}

const isChoice = (schema: JsonSchema): schema is AlternativesSchema => 'anyOf' in schema && schema.anyOf !== undefined;
const alternatives = (schema: JsonSchema): readonly JsonSchema[] => (isChoice(schema) ? schema.anyOf : [schema]);
const isNull = (schema: JsonSchema): boolean => schema.type === undefined && 'enum' in schema;
const isAny = (schema: JsonSchema): boolean => schema.type === undefined && !isNull(schema);

const numberCovers = (wide: NumberSchema, narrow: NumberSchema): boolean =>
  (wide.minimum ?? -Infinity) <= (narrow.minimum ?? -Infinity) &&
  (wide.maximum ?? Infinity) >= (narrow.maximum ?? Infinity);

function stringCovers(wide: StringSchema, narrow: StringSchema): boolean {
  const words = wide.enum === undefined || narrow.enum?.every((word) => wide.enum?.includes(word)) === true;
  return (
    words &&
    (wide.minLength ?? 0) <= (narrow.minLength ?? 0) &&
    (wide.pattern === undefined || wide.pattern === narrow.pattern)
  );
}

const arrayCovers = (wide: ArraySchema, narrow: ArraySchema): boolean =>
  (wide.minItems ?? 0) <= (narrow.minItems ?? 0) &&
  wide.maxItems >= narrow.maxItems &&
  covers(wide.items, narrow.items);

function objectCovers(wide: ObjectSchema, narrow: ObjectSchema): boolean {
  const fits = (name: string, schema: JsonSchema): boolean => {
    const there = Object.hasOwn(wide.properties, name) ? wide.properties[name] : undefined;
    return there ? covers(there, schema) : restCovers(wide.additionalProperties, schema);
  };
  const rest = restOf(narrow);
  return (
    (wide.required ?? []).every((name) => narrow.required?.includes(name)) &&
    Object.entries(narrow.properties).every(([name, schema]) => fits(name, schema)) &&
    (rest === undefined ||
      (restCovers(wide.additionalProperties, rest) &&
        Object.entries(wide.properties).every(
          ([name, to]) => Object.hasOwn(narrow.properties, name) || covers(to, rest),
        )))
  );
}

/** What keys may hold that a schema does not name; undefined where there may be none. */
export function restOf({ additionalProperties: rest }: ObjectSchema): JsonSchema | undefined {
  if (typeof rest !== 'boolean') return rest;
  return rest ? {} : undefined;
}

/** Whether keys that a schema does not name may have such values. */
export const restCovers = (rest: ObjectSchema['additionalProperties'], schema: JsonSchema): boolean =>
  typeof rest === 'boolean' ? rest : covers(rest, schema);
