import { initializersAsInputs as namesOf } from '../signature.ts';
import type { MendingModule } from './mending.ts';

/** From this IR version on, initializers need not be listed as inputs. */
const IR_INITIALIZERS_APART = 4;

/** Weights that are listed as inputs, as files before IR version 4 must. */
export const initializersAsInputs: MendingModule = {
  kinds: ['initializers-as-inputs'],
  mend(model) {
    const { graph } = model;
    const names = new Set(namesOf(graph));
    if (!graph || names.size === 0) return [];
    graph.input = graph.input.filter(({ name }) => !names.has(name));
    if (model.irVersion < IR_INITIALIZERS_APART) model.irVersion = BigInt(IR_INITIALIZERS_APART);
    return [...names].map((tensor) => ({
      kind: 'initializers-as-inputs',
      tensor,
      why: 'A weight that is listed as an input too keeps the runtime from optimising: it is no input any more.',
    }));
  },
};
