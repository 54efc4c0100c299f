import { schemas } from '../../spec.ts';

interface ValueSchema {
  readonly type?: string;
  readonly anyOf?: readonly ValueSchema[];
  readonly properties?: Readonly<Record<string, ValueSchema>>;
}

const request: ValueSchema = schemas.predictRequest ?? {};
const properties = Object.assign({}, ...formsOf(request).map((form) => form.properties)) as Record<string, ValueSchema>;

function formsOf(schema: ValueSchema): readonly ValueSchema[] {
  return schema.anyOf ?? [schema];
}

/** Whether requests have such a field. */
export const isField = (name: string): boolean => Object.hasOwn(properties, name);

/** A row of a CSV file as a request: columns that requests have no field for are left out, and text is what the field takes. */
export function requestOfRow(row: Readonly<Record<string, unknown>>): object {
  return Object.fromEntries(
    Object.entries(row).flatMap(([name, value]) => {
      const schema = properties[name];
      return schema && isField(name) ? [[name, valueOf(String(value), formsOf(schema))]] : [];
    }),
  );
}

/** What can't be read stays as it is: the schema's check then says what was expected. */
function valueOf(text: string, forms: readonly ValueSchema[]): unknown {
  const takes = (...types: readonly string[]): boolean => forms.some(({ type = '' }) => types.includes(type));
  if (takes('string')) return text;
  if (text.trim() === '') return null;
  if (takes('boolean')) return { true: true, false: false, 1: true, 0: false }[text.trim().toLowerCase()] ?? text;
  const number = Number(text);
  return takes('number', 'integer') && Number.isFinite(number) ? number : text;
}
