const NAMES = ['AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY', 'AWS_SESSION_TOKEN', 'AWS_ENDPOINT_URL'];

/** The host's credentials as variables of the function: only where somebody asked for it. */
export function hostCredentials(env: NodeJS.ProcessEnv, asked: boolean | undefined): Record<string, string> {
  if (!asked) return {};
  return Object.fromEntries(NAMES.flatMap((name) => (env[name] === undefined ? [] : [[name, env[name]]])));
}
