import type { Blueprint } from '../blueprint.ts';
import { outputTable } from '../outputs/table.ts';
import { triggerTable } from '../triggers/table.ts';
import { sourceParts } from './model-source.ts';
import { packageParts } from './package.ts';
import { merged, type Parts } from './parts.ts';

/** All parts of a project but its function, which they are put into. */
export function partsOf(blueprint: Blueprint): Required<Parts> {
  return merged([
    packageParts(blueprint),
    sourceParts(blueprint),
    ...blueprint.triggers.map((trigger) => triggerTable.of(trigger).template(trigger, blueprint)),
    ...blueprint.outputs.map((output) => outputTable.of(output).template(output, blueprint)),
  ]);
}
