import type { Blueprint } from '../../blueprint.ts';
import { predictionsSchema, topSchema } from '../../classes/schemas.ts';
import { textOperation } from '../../text/operation.ts';
import type { Operation } from '../../../swagger/operation.ts';
import type { TextClassification } from './settings.ts';

/** POST /predict of a model that tells what kind of text it is. */
export function textClassesOperation(settings: TextClassification, blueprint: Blueprint): Operation {
  return textOperation(settings, blueprint, {
    name: 'Classification',
    summary: 'Classify texts',
    request: { top: topSchema(settings) },
    answer: { predictions: predictionsSchema(settings.classes) },
    example: { predictions: [{ className: 'positive', probability: 0.98 }] },
  });
}
