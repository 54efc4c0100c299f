import type { Blueprint } from '../../generator/blueprint.ts';
import { outputTable, type Output } from '../../generator/outputs/table.ts';
import { triggerTable, type Trigger } from '../../generator/triggers/table.ts';
import { digits } from '../generator/template/blueprints.ts';

/** What a kind's flag stands for without a value, or with one where it needs it. */
const VALUES: Readonly<Record<string, string>> = {
  lambda: 'lambda=next-step',
  callback: 'callback=https://hooks.example.com/done',
};

function parsed<Settings>(table: { parse: (text: string) => object }, kind: string): Settings {
  const checked = table.parse(VALUES[kind] ?? kind) as { value?: Settings };
  if (checked.value === undefined) throw new Error(`${kind} can't be without a value: say one in VALUES`);
  return checked.value;
}

export const triggers = triggerTable.modules.map(({ kind }) => parsed<Trigger>(triggerTable, kind));
export const outputs = outputTable.modules.map(({ kind }) => parsed<Output>(outputTable, kind));

/** A project of these parts. */
export const projectOf = (parts: Partial<Blueprint>): Blueprint => ({ ...digits, ...parts });

const named = (parts: readonly { readonly kind: string }[]): string =>
  parts.map(({ kind }) => kind).join(' + ') || 'none';

/** One project with its name. */
export interface Combination {
  readonly name: string;
  readonly blueprint: Blueprint;
}

const combine = (some: readonly Trigger[], others: readonly Output[]): Combination => ({
  name: `${named(some)} → ${named(others)}`,
  blueprint: projectOf({ triggers: [...some], outputs: [...others] }),
});

/** Whether a trigger's answers would be lost without an output. */
const needsOutput = (trigger: Trigger): boolean => triggerTable.of(trigger).answers === 'outputs';

/** Every trigger with every output, and each alone where it may be. */
export const product: readonly Combination[] = [
  combine([], []),
  ...outputs.map((output) => combine([], [output])),
  ...triggers.flatMap((trigger) => [
    ...(needsOutput(trigger) ? [] : [combine([trigger], [])]),
    ...outputs.map((output) => combine([trigger], [output])),
  ]),
];

/** Fewer, in which each trigger still meets each output: for checks that take seconds. */
export const covering: readonly Combination[] = [
  ...triggers.map((trigger) => combine([trigger], outputs)),
  ...outputs.map((output) => combine(triggers, [output])),
  combine(triggers, outputs),
  combine([], []),
];
