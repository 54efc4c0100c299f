import type { Blueprint } from '../blueprint.ts';
import { STAGES, type Auth } from '../stages.ts';
import { equals, iff, ref, type Properties, type Value } from './cloudformation.ts';

const AUTH_CONDITION: Readonly<Record<Auth, string>> = {
  iam: 'UsesIam',
  'api-key': 'UsesApiKey',
  none: 'UsesNoAuth',
};

/** Name of the condition that the deployed stage has this auth; undefined where all stages have the same. */
export function authCondition({ stages }: Blueprint, auth: Auth): string | undefined {
  return STAGES.some((stage) => stages[stage].auth !== auth) ? AUTH_CONDITION[auth] : undefined;
}

/** The conditions that `authCondition` names, of those auths that something in the template depends on. */
export function authConditions(blueprint: Blueprint, used: (auth: Auth) => boolean): Properties {
  const { stages } = blueprint;
  const differing = (Object.keys(AUTH_CONDITION) as Auth[])
    .filter(used)
    .filter((auth) => STAGES.some((stage) => stages[stage].auth === auth) && authCondition(blueprint, auth))
    .map((auth) => {
      const tests = STAGES.filter((stage) => stages[stage].auth === auth).map((stage) => equals(ref('Stage'), stage));
      return [AUTH_CONDITION[auth], tests.length === 1 ? (tests[0] as Value) : { 'Fn::Or': tests }] as const;
    });
  return Object.fromEntries(differing);
}

/** Whether anybody may call: in all stages, in none, or in those where a condition holds. */
export type Openness = 'all' | 'none' | { readonly condition: string };

export function openness(blueprint: Blueprint): Openness {
  if (STAGES.every((stage) => blueprint.stages[stage].auth !== 'none')) return 'none';
  const condition = authCondition(blueprint, 'none');
  return condition === undefined ? 'all' : { condition };
}

/** A value for stages that are open, and one for the others: there requests are signed, since only REST APIs have keys. */
export function byOpenness(blueprint: Blueprint, open: Value, closed: Value): Value {
  const which = openness(blueprint);
  if (typeof which === 'object') return iff(which.condition, open, closed);
  return which === 'all' ? open : closed;
}
