import { initializerNames } from '../signature.ts';
import type { MendingModule } from './mending.ts';

/** Exporters write 0 for a size that is open: the runtime would take it at its word and no data but an empty one. */
export const declaredShapes: MendingModule = {
  kinds: ['declared-shapes'],
  mend({ graph }) {
    const initializers = initializerNames(graph);
    return (graph?.input ?? []).flatMap(({ name, type }) => {
      const dims = type?.value.case === 'tensorType' ? (type.value.value.shape?.dim ?? []) : [];
      const zeros = dims.filter(({ value }) => value.case === 'dimValue' && value.value === 0n);
      if (initializers.has(name) || zeros.length === 0) return [];
      for (const dim of zeros) dim.value = { case: undefined };
      return [
        {
          kind: 'declared-shapes',
          tensor: name,
          why: 'The input declares a size of 0, as some exporters write an open one: it is open, for any size.',
        },
      ];
    });
  },
};
