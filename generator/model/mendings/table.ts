import type { ModelProto } from '../onnx_pb.ts';
import type { Mending } from '../spec.ts';
import { boundaryCasts } from './boundary-casts.ts';
import { declaredShapes } from './declared-shapes.ts';
import { initializersAsInputs } from './initializers-as-inputs.ts';
import { locale } from './locale.ts';
import type { MendingModule } from './mending.ts';
import { maps } from './maps.ts';
import { optionals } from './optionals.ts';
import { reservedNames } from './reserved-names.ts';
import { sequences } from './sequences.ts';
import { zipMap } from './zipmap.ts';

/** In the order in which they are done: what one leaves behind, the next ones may mend. */
export const MENDINGS: readonly MendingModule[] = [
  initializersAsInputs,
  declaredShapes,
  locale,
  zipMap,
  maps,
  optionals,
  sequences,
  boundaryCasts,
  reservedNames,
];

/** Mends a model in place and tells what was changed. */
export function mendProto(model: ModelProto): Mending[] {
  return MENDINGS.flatMap((module) => module.mend(model));
}
