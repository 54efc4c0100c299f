import type { JsonSchema, NamedSchema } from '../../swagger/schemas.ts';
import type { Operation } from '../../swagger/operation.ts';

/** POST /predict, whatever a task takes and answers there. */
export function predictOperation(of: Omit<Operation, 'method' | 'path' | 'operationId' | 'tag'>): Operation {
  return { method: 'POST', path: '/predict', operationId: 'predict', tag: 'inference', ...of };
}

/** An answer of POST /predict that has all of its fields always. */
export function predictResponse(properties: Readonly<Record<string, JsonSchema>>, description?: string): NamedSchema {
  return {
    title: 'PredictResponse',
    ...(description !== undefined && { description }),
    type: 'object',
    required: Object.keys(properties),
    additionalProperties: false,
    properties,
  };
}
