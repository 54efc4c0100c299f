import type { Blueprint } from '../../blueprint.ts';
import { predictionsSchema, topSchema } from '../../classes/schemas.ts';
import { pictureOperation } from '../../pictures/picture-operation.ts';
import { modelInfo } from '../../../swagger/schemas.ts';
import type { Operation } from '../../../swagger/operation.ts';
import { predictResponse } from '../predict-operation.ts';
import type { ImageClassification } from './settings.ts';

/** POST /predict of a classifier. */
export function classifyOperation(settings: ImageClassification, { model }: Blueprint): Operation {
  const { name, version } = model;
  return pictureOperation({
    summary: 'Classify a picture',
    answers: 'Answers with the classes that fit best.',
    fields: { top: topSchema(settings) },
    example: { top: 1 },
    answer: {
      description: 'The classes that fit best, best first',
      example: { predictions: [{ className: 'seven', probability: 0.98 }], model: { name, version } },
      schema: predictResponse({
        predictions: predictionsSchema(settings.classes),
        model: modelInfo,
      }),
    },
  });
}
