import type { Properties, Resources, Value } from './cloudformation.ts';

/** What one part of a project (a trigger, an input, an output, the model's place) has in template.yaml. */
export interface Parts {
  readonly parameters?: Readonly<Record<string, Properties>>;
  readonly rules?: Properties;
  readonly conditions?: Properties;
  readonly resources?: Resources;
  readonly outputs?: Readonly<Record<string, Properties>>;
  /** Events of the function, as SAM has them, by their logical id. */
  readonly events?: Readonly<Record<string, Properties>>;
  /** Statements of the function's role by the name of their policy, which says what they are for. */
  readonly policies?: Readonly<Record<string, readonly Value[]>>;
  /** Environment of the function. */
  readonly variables?: Properties;
  /**
   * What tells versions of the function apart, as texts of Fn::Sub: SAM makes a new version where the template's text changes, and does not see
   * that a parameter has another value. A version with another description is another one to CloudFormation, and the alias goes with it.
   */
  readonly version?: readonly string[];
  /** Of the function, besides. */
  readonly properties?: Properties;
  readonly metadata?: Properties;
  readonly layers?: readonly Value[];
  /** Checks of checkov that do not apply to the function, with the reason; undefined where one does after all. */
  readonly skips?: Readonly<Record<string, string | undefined>>;
}

/** All parts as one; of two that say the same thing the later one counts. */
export function merged(parts: readonly Parts[]): Required<Parts> {
  const all = <Key extends Exclude<keyof Parts, 'layers' | 'version'>>(key: Key): NonNullable<Parts[Key]> =>
    Object.assign({}, ...parts.map((part) => part[key] ?? {})) as NonNullable<Parts[Key]>;
  return {
    parameters: all('parameters'),
    rules: all('rules'),
    conditions: all('conditions'),
    resources: all('resources'),
    outputs: all('outputs'),
    events: all('events'),
    policies: all('policies'),
    variables: all('variables'),
    properties: all('properties'),
    metadata: all('metadata'),
    layers: parts.flatMap(({ layers = [] }) => layers),
    version: parts.flatMap(({ version = [] }) => version),
    skips: all('skips'),
  };
}
