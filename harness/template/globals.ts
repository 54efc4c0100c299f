import { isMapping, type Mapping } from './values.ts';

/** SAM's Globals under a resource's own properties: mappings are merged, lists joined, anything else is replaced. */
export function withGlobals(globals: unknown, own: unknown): unknown {
  if (globals === undefined) return own;
  if (own === undefined) return globals;
  if (Array.isArray(globals) && Array.isArray(own)) return [...(globals as unknown[]), ...(own as unknown[])];
  if (!isMapping(globals) || !isMapping(own) || isFunction(own) || isFunction(globals)) return own;
  const keys = new Set([...Object.keys(globals), ...Object.keys(own)]);
  return Object.fromEntries([...keys].map((key) => [key, withGlobals(globals[key], own[key])]));
}

const isFunction = (value: Mapping): boolean => {
  const keys = Object.keys(value);
  return keys.length === 1 && (keys[0] === 'Ref' || keys[0]?.startsWith('Fn::') === true);
};
