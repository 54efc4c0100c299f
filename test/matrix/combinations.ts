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

type PackageKind = Blueprint['package']['kind'];
const PACKAGES: readonly PackageKind[] = ['zip', 'image'];

const named = (parts: readonly { readonly kind: string }[]): string =>
  parts.map(({ kind }) => kind).join(' + ') || 'none';

/** One project with its name. */
export interface Combination {
  readonly name: string;
  readonly blueprint: Blueprint;
}

const combine = (some: readonly Trigger[], others: readonly Output[], kind: PackageKind = 'zip'): Combination => ({
  name: `${named(some)} → ${named(others)}, ${kind}`,
  blueprint: projectOf({ triggers: [...some], outputs: [...others], package: { kind } }),
});

/** Whether a trigger's answers would be lost without an output. */
const needsOutput = (trigger: Trigger): boolean => triggerTable.of(trigger).answers === 'outputs';

/** Every trigger with every output in every package, and each alone where it may be. */
export const product: readonly Combination[] = PACKAGES.flatMap((kind) => [
  combine([], [], kind),
  ...outputs.map((output) => combine([], [output], kind)),
  ...triggers.flatMap((trigger) => [
    ...(needsOutput(trigger) ? [] : [combine([trigger], [], kind)]),
    ...outputs.map((output) => combine([trigger], [output], kind)),
  ]),
]);

const [first] = outputs;

/** Fewer, in which each trigger still meets each output, both meet each package, and each stands alone: for checks that take seconds. */
export const covering: readonly Combination[] = [
  combine(triggers, outputs, 'zip'),
  combine(triggers, outputs, 'image'),
  ...triggers.map((trigger) => combine([trigger], first ? [first] : [], 'zip')),
  ...outputs.map((output) => combine([], [output], 'image')),
  combine([], []),
];
