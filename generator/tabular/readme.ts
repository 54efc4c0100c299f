import type { Blueprint } from '../blueprint.ts';
import type { Sample } from '../render/fixtures.ts';
import { quoted } from '../render/shell.ts';
import type { ReadmeParts } from '../tasks/task.ts';
import { featuresOf, type Columns } from './columns.ts';
import { mostRows } from './schemas.ts';

export const ROWS_ERRORS = `Errors are \`{"message", "code"}\`: 400 for a request that is not understood,
with the feature's name where the function is asked directly, 413 for one that is too large, 422 for values that the model can't take.`;

/** The README's words on a service of rows. @param answer one prediction */
export function rowsReadme(
  columns: Columns,
  { model }: Blueprint,
  sample: Sample,
  does: string,
  answer: object,
): ReadmeParts {
  const features = featuresOf(columns);
  const row = JSON.stringify(Object.fromEntries(Object.entries(sample.event).slice(0, 4)));
  const some = features.length > 4 ? row.replace(/}$/, ', …}') : row;
  const types = columns.inputs.flatMap(({ input, features: own }) => {
    const type = model.inputs.find(({ name }) => name === input)?.elementType ?? '';
    return own.map((feature) => `\`${feature.replaceAll('`', "'")}\` ${type}`);
  });
  return {
    does,
    curl: `--data-binary @fixtures/${quoted(sample.file)} -H 'Content-Type: application/json'`,
    api: `\`POST /predict\` takes a row, several (at most ${mostRows(model)}), or the values alone in the order of the features:

    ${some}
    {"instances": [${some}, …]}
    {"input_X": [[…], …]}

and answers for each row, in their order:

    {"predictions": [${JSON.stringify(answer)}], "model": ${JSON.stringify({ name: model.name, version: model.version })}}

Every feature has to be there, and no other.${columns.missing ? ' A number that is missing is `null`.' : ''} ${ROWS_ERRORS}`,
    about: `Features, in their order: ${types.join(', ')}.`,
  };
}
