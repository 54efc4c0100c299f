import { nodeOf } from '../nodes.ts';
import { RESERVED, servedName } from '../served-name.ts';
import type { MendingModule } from './mending.ts';

/** An output that the runtime could not name: it has another name in the served copy, and callers see its own. */
export const reservedNames: MendingModule = {
  kinds: ['reserved-name'],
  mend({ graph }) {
    const outputs = graph?.output.filter(({ name }) => name === RESERVED) ?? [];
    const name = servedName(RESERVED);
    if (!graph || outputs.length === 0) return [];
    for (const output of outputs) output.name = name;
    graph.node.push(nodeOf({ name: '', opType: 'Identity', input: [RESERVED], output: [name] }));
    const why = `The output is called ${RESERVED}, which JavaScript can not pass on: in the served copy it is ${name}.`;
    return [{ kind: 'reserved-name', tensor: RESERVED, why }];
  },
};
