import type { Blueprint } from '../../blueprint.ts';
import type { Operation } from '../../../swagger/operation.ts';
import type { JsonSchema } from '../../../swagger/schemas.ts';
import { rowsOperation } from '../../tabular/schemas.ts';
import type { TabularRegression } from './settings.ts';

/** POST /predict of a regressor. */
export function regressRowsOperation(settings: TabularRegression, blueprint: Blueprint): Operation {
  const { targets } = settings;
  const number: JsonSchema = { type: 'number' };
  return rowsOperation(settings, blueprint, {
    summary: 'Predict a number for each row',
    description: 'Takes one row of features or several. Answers with a prediction for each.',
    prediction: {
      title: 'Prediction',
      type: 'object',
      required: ['prediction'],
      additionalProperties: false,
      properties: {
        prediction: targets === 1 ? number : { type: 'array', minItems: targets, maxItems: targets, items: number },
      },
    },
    example: { prediction: targets === 1 ? 152.1 : Array.from({ length: targets }, () => 152.1) },
  });
}
