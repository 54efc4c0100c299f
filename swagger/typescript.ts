import type { AlternativesSchema, ArraySchema, JsonSchema, ObjectSchema } from './schemas.ts';

/** What Prettier breaks lines at in an emitted project, so that generated code needs no formatter. */
export const PRINT_WIDTH = 120;

const IDENTIFIER = /^[A-Za-z_$][\w$]*$/;

/** One element a value may be written with. */
type Plain = string | number | boolean | null;

/** A TypeScript string literal: single quotes unless that takes more escapes. */
export function stringLiteral(text: string): string {
  const singles = text.split("'").length - 1;
  const doubles = text.split('"').length - 1;
  const inner = JSON.stringify(text)
    .slice(1, -1)
    .replaceAll('\\"', '"')
    .replace(/[\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2066-\u2069\ufeff]/g, hexEscape);
  return singles > doubles ? `"${inner.replaceAll('"', '\\"')}"` : `'${inner.replaceAll("'", "\\'")}'`;
}

const hexEscape = (char: string): string => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`;

/** A property name, quoted where it is no identifier. */
export function propertyName(name: string): string {
  return IDENTIFIER.test(name) && name !== '__proto__' ? name : stringLiteral(name);
}

function plainLiteral(value: Plain): string {
  if (typeof value === 'string') return stringLiteral(value);
  return Object.is(value, -0) ? '-0' : String(value).replace('e+', 'e');
}

/** Arrays of several objects, or of several arrays, are always broken. */
function alwaysBroken(items: readonly unknown[]): boolean {
  const size = (item: unknown): number => (typeof item === 'object' && item !== null ? Object.keys(item).length : 0);
  const kinds = new Set(items.map((item) => Array.isArray(item)));
  return items.length > 1 && kinds.size === 1 && items.every((item) => size(item) > 1);
}

function inOneLine(value: unknown): string | undefined {
  if (typeof value !== 'object' || value === null) return plainLiteral(value as Plain);
  if (Array.isArray(value)) {
    if (alwaysBroken(value)) return undefined;
    const items = value.map(inOneLine);
    return items.includes(undefined) ? undefined : `[${items.join(', ')}]`;
  }
  const members = Object.entries(value).map(([key, member]) => [propertyName(key), inOneLine(member)] as const);
  if (members.length === 0) return '{}';
  if (members.some(([, text]) => text === undefined)) return undefined;
  return `{ ${members.map(([name, text]) => `${name}: ${text}`).join(', ')} }`;
}

/**
 * A plain value as a TypeScript expression, laid out as Prettier would.
 *
 * @param column where the expression starts; `indent` is that of its line
 */
export function literal(value: unknown, indent = '', column = indent.length): string {
  const line = inOneLine(value);
  const fits = line !== undefined && column + line.length + 1 <= PRINT_WIDTH;
  if (typeof value !== 'object' || value === null) return plainLiteral(value as Plain);
  if (fits) return line;
  const deeper = `${indent}  `;
  if (Array.isArray(value)) {
    if (value.length > 1 && value.every((item) => typeof item === 'number')) return filled(value, indent);
    const lines = value.map((item) => `${deeper}${literal(item, deeper)},\n`);
    return `[\n${lines.join('')}${indent}]`;
  }
  const lines = Object.entries(value).map(([key, member]) => {
    const name = propertyName(key);
    return `${deeper}${name}:${memberLiteral(member, deeper, name.length + 2)},\n`;
  });
  return `{\n${lines.join('')}${indent}}`;
}

/** A long string goes to a line of its own. */
function memberLiteral(member: unknown, indent: string, offset: number): string {
  const text = literal(member, indent, indent.length + offset);
  const tooLong = typeof member === 'string' && indent.length + offset + text.length + 1 > PRINT_WIDTH;
  return tooLong ? `\n${indent}  ${text}` : ` ${text}`;
}

/** Numbers are filled into lines instead of one a line. */
function filled(numbers: readonly number[], indent: string): string {
  const deeper = `${indent}  `;
  const lines: string[] = [];
  let line = deeper;
  for (const text of numbers.map((number) => `${plainLiteral(number)},`)) {
    if (line !== deeper && line.length + 1 + text.length > PRINT_WIDTH) {
      lines.push(line);
      line = deeper;
    }
    line += line === deeper ? text : ` ${text}`;
  }
  return `[\n${[...lines, line].join('\n')}\n${indent}]`;
}

/**
 * The types that a schema's titled parts stand for, inner ones first, each once.
 *
 * @throws Error where two different schemas have one title
 */
export function interfaces(schemas: readonly JsonSchema[]): string {
  const found = new Map<string, Declared>();
  const collect = (schema: JsonSchema): void => {
    if (!isDeclared(schema)) return;
    partsOf(schema).forEach(collect);
    if (schema.title === undefined) return;
    const known = found.get(schema.title);
    if (known && JSON.stringify(known) !== JSON.stringify(schema)) throw new Error(`two schemas named ${schema.title}`);
    found.set(schema.title, schema);
  };
  schemas.forEach(collect);
  return [...found].map(([title, schema]) => `${comment(schema, '')}${declaration(title, schema)}\n`).join('\n');
}

/** What is a type of its own where it has a title. */
type Declared = ObjectSchema | ArraySchema | AlternativesSchema;

const isDeclared = (schema: JsonSchema): schema is Declared =>
  schema.type === 'object' || schema.type === 'array' || (schema.type === undefined && schema.anyOf !== undefined);

function partsOf(schema: Declared): readonly JsonSchema[] {
  if (schema.type === undefined) return schema.anyOf;
  if (schema.type === 'array') return [schema.items];
  const { properties, additionalProperties: others } = schema;
  return [...Object.values(properties), ...(typeof others === 'object' ? [others] : [])];
}

/** Laid out as Prettier would. */
function declaration(title: string, schema: Declared): string {
  if (schema.type === 'object') return `export interface ${title} ${members(schema, '')}`;
  if (schema.type === 'array') return `export type ${title} = ${listOf(schema, '')};`;
  const line = `export type ${title} = ${alternatives(schema, '')};`;
  if (line.length <= PRINT_WIDTH) return line;
  return `export type ${title} =${schema.anyOf.map((one) => `\n  | ${typeOf(one, '    ')}`).join('')};`;
}

/** Null last, as people write it. */
const alternatives = ({ anyOf }: AlternativesSchema, indent: string): string =>
  [...new Set(anyOf.map((one) => typeOf(one, indent)))]
    .sort((a, b) => Number(a === 'null') - Number(b === 'null'))
    .join(' | ');

/** What a schema says of itself, as a comment. */
export const comment = ({ description }: Pick<JsonSchema, 'description'>, indent: string): string =>
  description === undefined ? '' : `${indent}/** ${description.replaceAll('*/', '*\\/')} */\n`;

function members({ properties, required }: ObjectSchema, indent: string): string {
  const deeper = `${indent}  `;
  const lines = Object.entries(properties).map(
    ([name, schema]) =>
      `${comment(schema, deeper)}${deeper}${propertyName(name)}${required?.includes(name) ? '' : '?'}: ${typeOf(schema, deeper)};\n`,
  );
  return `{\n${lines.join('')}${indent}}`;
}

/** Whether the type of a schema is written with bars. */
function isUnion(schema: JsonSchema): boolean {
  if (schema.type === 'string') return (schema.enum?.length ?? 0) > 1;
  return schema.type === undefined && !schema.title && new Set(schema.anyOf?.map((one) => typeOf(one))).size > 1;
}

function listOf({ items }: ArraySchema, indent: string): string {
  const item = typeOf(items, indent);
  return isUnion(items) ? `(${item})[]` : `${item}[]`;
}

/** A schema as a TypeScript type. */
export function typeOf(schema: JsonSchema, indent = ''): string {
  switch (schema.type) {
    case 'object':
      if (schema.title !== undefined) return schema.title;
      return typeof schema.additionalProperties === 'object'
        ? `Record<string, ${typeOf(schema.additionalProperties, indent)}>`
        : members(schema, indent);
    case 'array':
      return schema.title ?? listOf(schema, indent);
    case 'string':
      return schema.enum?.map(stringLiteral).join(' | ') ?? 'string';
    case 'integer':
    case 'number':
      return 'number';
    case 'boolean':
      return 'boolean';
    case undefined:
      if (schema.anyOf) return schema.title ?? alternatives(schema, indent);
      return schema.enum ? 'null' : 'unknown';
  }
}
