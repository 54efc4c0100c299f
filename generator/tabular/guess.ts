import type { Hint } from '../hints/hint.ts';
import type { FeatureHints } from '../questions/context.ts';
import type { ModelFacts, Reason } from '../tasks/task.ts';
import { renamed, type Columns } from './columns.ts';
import { evidence, mayMiss } from './evidence.ts';
import { featureNames } from './feature-names.ts';
import { columnsOf, type Column } from './signature.ts';

/** What every task on tables knows of its rows. */
export interface RowsGuess {
  readonly columns: Columns;
  readonly reasons: readonly Reason[];
  readonly hints: { readonly features: FeatureHints };
}

/** The rows that a model takes. Only called where it takes some. */
export function guessRows(facts: ModelFacts): RowsGuess {
  const found = columnsOf(facts) as readonly Column[];
  const names = featureNames(facts, found);
  const missing = mayMiss(facts);
  const because = evidence(facts, names.value.length);
  const blank = found.map(({ tensor, width }) => ({ input: tensor.name, features: Array<string>(width).fill('') }));
  const fields: readonly (readonly [string, Hint<unknown> | undefined])[] = [
    ['table', because],
    ['features', { ...names, value: shown(names.value) }],
    ['missing', missing],
  ];
  return {
    columns: { inputs: renamed(blank, names.value), missing: missing.value },
    reasons: fields.flatMap(([field, hint]) => (hint ? [{ field, hint }] : [])),
    hints: { features: { names: names.value, certain: names.source !== 'default' } },
  };
}

/** Many names say no more than some. */
function shown(names: readonly string[]): string {
  return names.length > 12
    ? `${names.slice(0, 10).join(', ')} … ${names.at(-1) ?? ''} (${names.length})`
    : names.join(', ');
}
