import { z } from 'zod';
import type { PartModule } from './part.ts';
import type { Checked } from './questions/question.ts';

/** What questions and rendering do with a table of kinds, whichever it is. */
export interface PartTable<Settings extends { readonly kind: string }, Module extends PartModule<Settings>> {
  readonly modules: readonly Module[];
  /** The module of some settings. */
  readonly of: (settings: Settings) => Module;
  /** `sqs` or `sqs=VALUE`. */
  readonly parse: (text: string) => Checked<Settings>;
  readonly print: (settings: Settings) => string;
}

/** @param table by kind */
export function partTable<Settings extends { readonly kind: string }, Module extends PartModule<Settings>>(
  table: Readonly<Record<string, Module>>,
): PartTable<Settings, Module> {
  const of = ({ kind }: { readonly kind: string }): Module => table[kind] as Module;
  return {
    modules: Object.values(table),
    of,
    parse(text) {
      const [kind = '', ...rest] = text.split('=');
      if (!Object.hasOwn(table, kind)) return { expected: `one of ${Object.keys(table).join(', ')}` };
      return of({ kind }).parse(rest.length > 0 ? rest.join('=') : undefined);
    },
    print(settings) {
      const value = of(settings).print(settings);
      return value === undefined ? settings.kind : `${settings.kind}=${value}`;
    },
  };
}

/** What onnx-lambda.yaml takes of any kind in the table. */
export function settingsUnion(table: Readonly<Record<string, { readonly settings: z.ZodType }>>): z.ZodType {
  const settings = Object.values(table).map((module) => module.settings);
  return z.discriminatedUnion('kind', settings as unknown as [z.ZodObject<{ kind: z.ZodLiteral<string> }>]);
}
