import type { ArraySchema, NumberSchema } from '../../swagger/schemas.ts';

/** The classes that fit best, as they are answered. */
export function predictionsSchema(classes: number): ArraySchema {
  return {
    description: 'Best first.',
    type: 'array',
    maxItems: classes,
    items: {
      title: 'Prediction',
      type: 'object',
      required: ['className', 'probability'],
      additionalProperties: false,
      properties: {
        className: { type: 'string' },
        probability: { type: 'number', minimum: 0, maximum: 1 },
      },
    },
  };
}

/** How many of them a request wants. */
export function topSchema({ top, classes }: { readonly top: number; readonly classes: number }): NumberSchema {
  return {
    description: `How many predictions to answer, ${Math.min(top, classes)} where it is left out.`,
    type: 'integer',
    minimum: 1,
    maximum: classes,
  };
}
