import type { Blueprint } from '../../blueprint.ts';
import type { Operation } from '../../../swagger/operation.ts';
import type { JsonSchema } from '../../../swagger/schemas.ts';
import { rowsOperation } from '../../tabular/schemas.ts';
import type { TabularClassification } from './settings.ts';

/** POST /predict of a classifier of rows. */
export function classifyRowsOperation(settings: TabularClassification, blueprint: Blueprint): Operation {
  const { scores, classes } = settings;
  const key = scores?.kind === 'raw' ? 'scores' : 'probabilities';
  return rowsOperation(settings, blueprint, {
    summary: 'Classify each row',
    description: 'Takes one row of features or several. Answers with the class of each.',
    prediction: {
      title: 'Prediction',
      type: 'object',
      required: ['label', ...(scores ? [key] : [])],
      additionalProperties: false,
      properties: { label: labelSchema(settings, blueprint), ...(scores && { [key]: scoresSchema(settings) }) },
    },
    example: {
      label: classes[0] ?? 0,
      ...(scores && { [key]: classes.length > 0 ? { [classes[0] ?? '']: 0.9 } : [0.9] }),
    },
  });
}

/** Classes have names; where nobody knows them, it is what the model says. */
function labelSchema({ label, classes }: TabularClassification, { model }: Blueprint): JsonSchema {
  const type = model.outputs.find(({ name }) => name === label)?.elementType;
  const description = 'The class.';
  if (classes.length > 0 || type === 'string' || type === undefined) return { description, type: 'string' };
  return type === 'bool' ? { description, type: 'boolean' } : { description, type: 'integer' };
}

function scoresSchema({ classes }: TabularClassification): JsonSchema {
  const number: JsonSchema = { type: 'number' };
  return classes.length > 0
    ? { description: 'By class.', type: 'object', additionalProperties: number, properties: {} }
    : { description: 'As the model has them.', type: 'array', maxItems: 10_000, items: number };
}
