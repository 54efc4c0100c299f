import type { Blueprint } from '../generator/blueprint.ts';
import type { Operation } from './operation.ts';
import { health } from './schemas.ts';

/** GET /health: in every project. */
export function healthOperation({ model: { name, version } }: Blueprint): Operation {
  return {
    method: 'GET',
    path: '/health',
    operationId: 'health',
    tag: 'operations',
    summary: 'Whether the model is loaded',
    answer: { description: 'The model is loaded', schema: health, example: { status: 'ok', model: { name, version } } },
  };
}
