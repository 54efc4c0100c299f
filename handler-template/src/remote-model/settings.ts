import { ModelError } from './errors.ts';

/** The values of some variables, by the names that they have here. @throws ModelError MODEL_NOT_CONFIGURED */
export function settings<Name extends string>(
  env: NodeJS.ProcessEnv,
  variables: Readonly<Record<Name, string>>,
): Record<Name, string> {
  const entries = Object.entries<string>(variables);
  const missing = entries.map(([, variable]) => variable).filter((variable) => !env[variable]);
  if (missing.length > 0) {
    throw new ModelError('MODEL_NOT_CONFIGURED', `Nothing says where the model is: ${missing.join(', ')} not set.`);
  }
  return Object.fromEntries(entries.map(([name, variable]) => [name, env[variable]])) as Record<Name, string>;
}
