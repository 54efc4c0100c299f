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

/** Whether an answer may be there twice: a source may deliver a request again, and an output has no way to tell. */
export const needsLedger = ({ triggers, outputs }: Pick<Ways, 'triggers' | 'outputs'>): boolean =>
  triggers.some((trigger) => triggerTable.of(trigger).answers === 'outputs') &&
  outputs.some((output) => !outputTable.of(output).repeatable);

const ofLedger = (ways: Ways): readonly string[] => (needsLedger(ways) ? ['@aws-sdk/client-dynamodb'] : []);

/** Packages that the ways in and out take from Lambda's runtime, each once. */
export const broughtFor = (ways: Ways): readonly string[] => [
  ...new Set([...broughtBy(partsRunning(ways)), ...ofLedger(ways)]),
];

/** Those of them without which no request is answered: where data is named, others may carry theirs. */
export const neededOfAws = (ways: Ways): readonly string[] => [
  ...new Set([...broughtBy([...triggersOf(ways), ...outputsOf(ways)]), ...ofLedger(ways)]),
];
