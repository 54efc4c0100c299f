import type { YamlComment } from '../yaml.ts';

/** Why nothing narrower than `*` can be said, by the service of an action. Source: "Actions, resources, and condition keys" of each. */
const REASONS: Readonly<Record<string, string>> = {
  xray: 'X-Ray knows no resources to narrow this to.',
  logs: 'CloudWatch Logs knows no resources for deliveries of logs.',
};

/** A comment for each statement of a template that allows something on every resource. @throws Error where there is no reason for it */
export function wildcardComments(value: unknown, at: readonly string[] = []): YamlComment[] {
  if (typeof value !== 'object' || value === null) return [];
  const { Effect, Action, Resource } = value as Readonly<Record<string, unknown>>;
  if (Effect === 'Allow' && Resource === '*') return [{ at: [...at, 'Resource'], text: reasonFor([Action].flat()) }];
  return Object.entries(value).flatMap(([key, inner]) => wildcardComments(inner, [...at, key]));
}

function reasonFor(actions: readonly unknown[]): string {
  const services = [...new Set(actions.map((action) => String(action).split(':', 1)[0] ?? ''))];
  const unknown = services.find((service) => !Object.hasOwn(REASONS, service));
  if (unknown !== undefined) throw new Error(`Nothing says why ${unknown} is allowed on every resource`);
  return services.map((service) => ` ${REASONS[service] ?? ''}`).join('\n');
}
