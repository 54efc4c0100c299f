import type { Blueprint } from '../blueprint.ts';
import { broughtFor, neededOfAws } from '../handler-parts.ts';
import { inputsParts } from '../inputs/parts.ts';
import { outputTable } from '../outputs/table.ts';
import { triggerTable } from '../triggers/table.ts';
import { ledgerParts } from './ledger.ts';
import { sourceParts } from './model-source.ts';
import { packageParts } from './package.ts';
import { merged, type Parts } from './parts.ts';

/** All parts of a project but its function, which they are put into. */
export function partsOf(blueprint: Blueprint): Required<Parts> {
  const parts = merged([
    packageParts(blueprint),
    sourceParts(blueprint),
    broughtParts(blueprint),
    ...blueprint.triggers.map((trigger) => triggerTable.of(trigger).template(trigger, blueprint)),
    inputsParts(blueprint),
    ...blueprint.outputs.map((output) => outputTable.of(output).template(output, blueprint)),
    ledgerParts(blueprint),
  ]);
  // An image has inside what layers bring.
  return blueprint.package.kind === 'image' ? { ...parts, layers: [] } : parts;
}

/** Read by `onnx-lambda test`, `invoke` and `start`: what Lambda's runtime would bring, they bring on a developer's machine. */
function broughtParts(blueprint: Blueprint): Parts {
  const always = neededOfAws(blueprint);
  const onDemand = broughtFor(blueprint).filter((name) => !always.includes(name));
  return {
    metadata: {
      ...(always.length > 0 && { SdkClients: always }),
      ...(onDemand.length > 0 && { SdkClientsOnDemand: onDemand }),
    },
  };
}
