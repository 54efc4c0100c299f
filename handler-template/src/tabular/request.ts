import { featuresOf, type Columns } from './settings.ts';

/** One thing that is asked about: a value for each feature, by name. */
export type Row = Readonly<Record<string, unknown>>;

/** One row, several rows, or the values alone in the order of the features: one row of them, or a list of such rows. */
export type Request = Row | { readonly instances: readonly Row[] } | { readonly input_X: readonly unknown[] };

/** Values in the order of the features, a list for each row. */
export type Rows = readonly (readonly unknown[])[];

/** What was asked, whichever form it came in; a feature of the same name as a form's key leaves that form out. */
export function rowsOf(request: Request, columns: Columns): Rows {
  const features = featuresOf(columns);
  const given = (form: string): unknown =>
    features.includes(form) ? undefined : (request as Readonly<Record<string, unknown>>)[form];
  const values = (row: Row): readonly unknown[] => features.map((feature) => row[feature]);
  const compact = given('input_X') as readonly unknown[] | undefined;
  if (compact) return compact.some(Array.isArray) ? (compact as Rows) : [compact];
  const instances = given('instances') as readonly Row[] | undefined;
  return instances?.map(values) ?? [values(request)];
}
