import type { Blueprint } from './blueprint.ts';
import { outputTable } from './outputs/table.ts';
import type { HandlerPart } from './part.ts';
import { triggerTable } from './triggers/table.ts';

type Ways = Pick<Blueprint, 'triggers' | 'outputs'>;

/** What runs for each trigger, in their order. */
export const triggersOf = ({ triggers }: Ways): readonly HandlerPart[] =>
  triggers.map((trigger) => triggerTable.of(trigger).handler(trigger));

/** What runs for each output, in their order. */
export const outputsOf = ({ outputs }: Ways): readonly HandlerPart[] =>
  outputs.map((output) => outputTable.of(output).handler(output));

/** Packages that the ways in and out take from Lambda's runtime, each once. */
export const broughtFor = (ways: Ways): readonly string[] => [
  ...new Set([...triggersOf(ways), ...outputsOf(ways)].flatMap(({ brought = [] }) => brought)),
];
