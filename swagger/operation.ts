import type { NamedSchema } from './schemas.ts';

/** One route of the API. */
export interface Operation {
  readonly method: 'GET' | 'POST';
  readonly path: string;
  readonly operationId: string;
  readonly tag: 'inference' | 'operations';
  readonly summary: string;
  readonly description?: string;
  readonly request?: {
    readonly description: string;
    readonly schema: NamedSchema;
    readonly example: object;
    /** Content types whose bytes are taken as well as JSON. */
    readonly bytes: readonly string[];
  };
  readonly answer: {
    readonly description: string;
    readonly schema: NamedSchema;
    readonly example: object;
  };
}
