import type { PartModule } from '../part.ts';

/**
 * One kind of output: handler-template/src/outputs/KIND/ with `handler.ts`, which is copied into projects, and `emit.ts`, which is a module of
 * this shape, and a row in table.ts.
 */
export type OutputModule<Settings extends { readonly kind: string }> = PartModule<Settings>;
