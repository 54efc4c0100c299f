import type { Blueprint } from './blueprint.ts';
import { inputsHandler } from './inputs/parts.ts';
import { outputTable } from './outputs/table.ts';
import type { HandlerPart } from './part.ts';
import { triggerTable } from './triggers/table.ts';

type Ways = Pick<Blueprint, 'triggers' | 'inputs' | 'outputs'>;

/** What runs for each trigger, in their order. */
export const triggersOf = ({ triggers }: Pick<Ways, 'triggers'>): readonly HandlerPart[] =>
  triggers.map((trigger) => triggerTable.of(trigger).handler(trigger));

/** What runs for each output: those first that may be repeated, so that what fails there has nothing sent twice. */
export const outputsOf = ({ outputs }: Pick<Ways, 'outputs'>): readonly HandlerPart[] =>
  outputs
    .toSorted((a, b) => Number(outputTable.of(b).repeatable) - Number(outputTable.of(a).repeatable))
    .map((output) => outputTable.of(output).handler(output));

/** All that runs beside the task. */
export const partsRunning = (ways: Ways): readonly HandlerPart[] => [
  ...triggersOf(ways),
  ...inputsHandler(ways),
  ...outputsOf(ways),
];

const broughtBy = (parts: readonly HandlerPart[]): readonly string[] => [
  ...new Set(parts.flatMap(({ brought = [] }) => brought)),
];

/** Packages that the ways in and out take from Lambda's runtime, each once. */
export const broughtFor = (ways: Ways): readonly string[] => broughtBy(partsRunning(ways));

/** Those of them without which no request is answered: where data is named, others may carry theirs. */
export const neededOfAws = (ways: Ways): readonly string[] => broughtBy([...triggersOf(ways), ...outputsOf(ways)]);
