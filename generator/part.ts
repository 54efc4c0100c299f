import type { z } from 'zod';
import type { Blueprint } from './blueprint.ts';
import type { Checked } from './questions/question.ts';
import type { Parts } from './template/parts.ts';

/** What the generated list in src/ needs to have a trigger or an output in it, and what lies beside it there. */
export interface HandlerPart {
  /** File in src/ that is imported from: `triggers/sns/handler.ts`. */
  readonly from: string;
  /** What is imported, and stands in the list as it is. */
  readonly name: string;
  /** Folders in src/ that it imports from, its own among them. */
  readonly folders: readonly string[];
  /** Packages of the function's bundle beside those that every function has. */
  readonly packages?: readonly string[];
  /** Packages that Lambda's runtime brings: for type checks, and for runs on this machine. */
  readonly brought?: readonly string[];
}

/** One kind of trigger or output, from its flag to the template. */
export interface PartModule<Settings extends { readonly kind: string }> {
  readonly kind: Settings['kind'];
  /** What it is, for people. */
  readonly title: string;
  /** As onnx-lambda.yaml keeps it. */
  readonly settings: z.ZodType<Settings>;
  /** What `--trigger KIND` or `--trigger KIND=VALUE` stands for. @param value undefined where there is none */
  readonly parse: (value: string | undefined) => Checked<Settings>;
  /** The value that `parse` reads back; undefined where the kind alone says it all. */
  readonly print: (settings: Settings) => string | undefined;
  readonly template: (settings: Settings, blueprint: Blueprint) => Parts;
  readonly handler: (settings: Settings) => HandlerPart;
  /** Markdown for the project's README: what it takes or gives, and how to try it. */
  readonly readme: (settings: Settings, blueprint: Blueprint) => string;
}

/** `parse` and `print` of a kind that has no value. */
export function withoutValue<Settings extends { readonly kind: string }>(
  settings: Settings,
): Pick<PartModule<Settings>, 'parse' | 'print'> {
  return {
    parse: (value) => (value === undefined ? { value: settings } : { expected: `${settings.kind} without a value` }),
    print: () => undefined,
  };
}
