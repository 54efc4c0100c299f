import { pictureDialect } from './picture-dialect.ts';

/** `{"input_url", "n_predictions"}` → `[[label, percent], …]`. */
export const pairs = pictureDialect({
  title: '{"input_url", "n_predictions"} → [[label, percent], …]',
  files: ['pairs', 'rename'],
  names: { url: 'input_url', top: 'n_predictions' },
  item: ({ className, probability }) => [className, probability * 100],
  schema: () => ({
    description: 'A label, and 0…100 percent.',
    type: 'array',
    minItems: 2,
    maxItems: 2,
    // Neither draft 4 as API Gateway reads it nor OpenAPI 3.0 knows lists of which each place has a schema of its own.
    items: { anyOf: [{ type: 'string' }, { type: 'number', minimum: 0, maximum: 100 }] },
  }),
  says: 'pairs of a label and 0…100 percent',
});
