import { basename } from 'node:path';
import { hint, type Hint } from '../hints/hint.ts';
import { cells } from '../hints/label-lines.ts';
import { namesFromValue } from '../hints/label-values.ts';
import type { ModelFacts } from '../tasks/task.ts';
import type { Column } from './signature.ts';

/** Keys of a model's metadata that hold the names of features. */
const METADATA_KEYS = ['feature_names', 'feature_names_in', 'features', 'columns', 'input_features'];
/** What is in a table to be predicted. */
const TARGET = /^(target|label|class|y|species|outcome)$/i;

type Beside = Pick<ModelFacts, 'spec' | 'sideFiles'>;

/** Names of the features in the order of the columns: from beside the model, from its metadata, from its inputs, else numbered. */
export function featureNames(beside: Beside, columns: readonly Column[]): Hint<readonly string[]> {
  const width = columns.reduce((sum, column) => sum + column.width, 0);
  const ofInputs = columns.map(({ tensor }) => tensor.name);
  if (columns.length > 1 && width === columns.length) return hint(ofInputs, 'graph', 'Each feature is an input.');
  const said = namesBeside(beside, width);
  if (said) return said;
  if (width === columns.length) return hint(ofInputs, 'graph', 'The one feature is the input.');
  const [only, ...others] = columns;
  const numbered = (prefix: string, count: number): string[] =>
    Array.from({ length: count }, (_, i) => `${prefix}${i}`);
  const names =
    only && others.length === 0
      ? numbered('f', only.width)
      : columns.flatMap(({ tensor, width: own }) => (own === 1 ? [tensor.name] : numbered(`${tensor.name}_`, own)));
  return hint(names, 'default', 'Nothing names the features.');
}

/** Names that lie beside the model or in its metadata; what has not one for each column is passed over. */
export function namesBeside({ spec, sideFiles }: Beside, width: number): Hint<readonly string[]> | undefined {
  for (const { role, path, text } of sideFiles) {
    const names = role === 'features' ? namesIn(text, width) : undefined;
    if (names) return hint(names, 'side-file', `${basename(path)} lies beside the model.`);
  }
  for (const [key, text] of Object.entries(spec.metadata)) {
    const names = METADATA_KEYS.includes(key.toLowerCase()) ? namesIn(text, width) : undefined;
    if (names) return hint(names, 'metadata', `The model's metadata has ${key}.`);
  }
  return undefined;
}

function namesIn(text: string, width: number): readonly string[] | undefined {
  const body = text.replace(/^\uFEFF/, '').trim();
  return [fromJson(body), fromHeader(body, width), body.split(/\r?\n/).map((line) => line.trim())].find(
    (names) => names?.length === width && nameTrouble(names) === undefined,
  );
}

function fromJson(body: string): readonly string[] | undefined {
  try {
    return namesFromValue(JSON.parse(body));
  } catch {
    return undefined;
  }
}

/** The first line of a table; the column that is to be predicted is no feature. A line of numbers is no header. */
function fromHeader(body: string, width: number): readonly string[] | undefined {
  const [line = ''] = body.split(/\r?\n/, 1);
  const separator = ['\t', ';', ','].find((one) => line.includes(one)) ?? ',';
  const names = cells(line, separator);
  if (names.some((name) => name !== '' && Number.isFinite(Number(name)))) return undefined;
  return names.length === width + 1 ? names.filter((name) => !TARGET.test(name)) : names;
}

/** What is wrong with names of features, in words; undefined where nothing is. */
export function nameTrouble(names: readonly string[]): string | undefined {
  const odd = names.find((name) => name === '' || name === '__proto__' || /[\u0000-\u001f\u007f]/.test(name));
  if (odd !== undefined) return 'no name that is empty, __proto__ or more than a line';
  const twice = names.find((name, i) => names.indexOf(name) !== i);
  return twice === undefined ? undefined : `each name once, and ${twice} is there twice`;
}
