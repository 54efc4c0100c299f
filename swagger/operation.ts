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
    /** Where request and answer have as many alternatives, each is answered by the one in its place. */
    readonly schema: NamedSchema;
    readonly example: object;
    /** Content types whose bytes are taken as well as JSON. */
    readonly bytes: readonly string[];
    /** Whether others have a part in it, who may not answer: where data is fetched from, or where answers go. */
    readonly relies?: boolean;
  };
  readonly answer: {
    readonly description: string;
    readonly schema: NamedSchema;
    readonly example: object;
    /** Content types of an answer that is bytes, the usual one first; JSON comes where Accept asks for it. */
    readonly bytes?: readonly string[];
  };
}
