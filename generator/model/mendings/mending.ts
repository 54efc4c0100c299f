import type { ModelProto } from '../onnx_pb.ts';
import type { Mending, MendingKind } from '../spec.ts';

/**
 * One thing that is mended: a module of this shape, its kind in spec.ts and a row in table.ts.
 *
 * `mend` changes the model in place and tells what it changed; a second call finds nothing left to do. It is called twice: on the
 * model without its weights, which tells what will be done and the signature afterwards, and on the whole one. So it decides by
 * nothing that the skeleton leaves out.
 */
export interface MendingModule {
  readonly kinds: readonly MendingKind[];
  mend(model: ModelProto): Mending[];
}
