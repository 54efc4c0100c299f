import { ToolError } from '../generator/errors.ts';
import type { FunctionSettings } from './template/function.ts';

const KEYS = ['AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY', 'AWS_SESSION_TOKEN'];

/** A stand-in for AWS asks for some, and takes any. */
const ANY = { AWS_ACCESS_KEY_ID: 'local', AWS_SECRET_ACCESS_KEY: 'local' };

/** Nobody shall wait for the metadata of a machine at AWS that this one is not, or read of Node what is no news on Lambda. */
export const ELSEWHERE = {
  AWS_EC2_METADATA_DISABLED: 'true',
  AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
};

const taken = (env: NodeJS.ProcessEnv, wanted: (name: string) => boolean): Record<string, string> =>
  Object.fromEntries(
    Object.entries(env).flatMap(([name, value]) => (value && wanted(name) ? [[name, value] as const] : [])),
  );

/**
 * The host's way to AWS as variables of the function. Its credentials for AWS itself are only given where somebody asked for that; a stand-in
 * for AWS (AWS_ENDPOINT_URL) is given to functions that need one.
 *
 * @param local variables that lead to what stands in for AWS on this machine: for functions that need AWS where nothing else was said
 * @throws ToolError CREDENTIALS_MISSING where the function needs AWS and nothing leads there
 */
export function hostCredentials(
  env: NodeJS.ProcessEnv,
  { sdkClients, sdkClientsOnDemand }: Pick<FunctionSettings, 'sdkClients' | 'sdkClientsOnDemand'>,
  asked = false,
  local?: Readonly<Record<string, string>>,
): Readonly<Record<string, string>> {
  const needed = sdkClients.length > 0;
  if (!asked && !needed && sdkClientsOnDemand.length === 0) return {};
  const endpoints = taken(env, (name) => name.startsWith('AWS_ENDPOINT_URL'));
  const keys = taken(env, (name) => KEYS.includes(name));
  const hasEndpoint = Object.keys(endpoints).length > 0;
  const hasKeys = 'AWS_ACCESS_KEY_ID' in keys;
  if (local && !hasEndpoint && !asked) return local;
  if (needed && !hasEndpoint && !(asked && hasKeys)) throw missing(sdkClients);
  const own = asked || hasEndpoint ? keys : {};
  return { ...(hasEndpoint && !hasKeys ? ANY : own), ...endpoints, ...ELSEWHERE };
}

const missing = (sdkClients: readonly string[]): ToolError =>
  new ToolError('CREDENTIALS_MISSING', {
    what: `The function speaks to AWS (${sdkClients.join(', ')}), and nothing leads there from here.`,
    expected: 'AWS_ENDPOINT_URL of a stand-in for AWS; or AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY and --credentials',
    next: 'eval "$(aws configure export-credentials --format env)"   (or export AWS_ENDPOINT_URL=http://…)',
  });
