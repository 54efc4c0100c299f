import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename, dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';

export type Handler = (event: unknown, context: object) => unknown;

/** An error with one of the names that Lambda's runtime gives. */
function runtimeError(name: string, message: string): Error {
  const error = new Error(message);
  error.name = `Runtime.${name}`;
  return error;
}

/**
 * Finds and loads the handler, e.g. `handler.handler` or `src/app.api.predict`.
 *
 * @throws an Error named as Lambda names it: Runtime.ImportModuleError, Runtime.HandlerNotFound, …
 */
export async function loadHandler(root: string, name: string): Promise<Handler> {
  const file = basename(name);
  const dot = file.indexOf('.');
  if (dot < 1 || name.includes('..')) throw runtimeError('MalformedHandlerName', `Bad handler: ${name}`);
  const module = await load(root, join(dirname(name), file.slice(0, dot)));
  const path = file.slice(dot + 1).split('.');
  const handler = find(module, path) ?? find(find(module, ['default']), path);
  if (handler === undefined) throw runtimeError('HandlerNotFound', `${name} is undefined or not exported`);
  if (typeof handler !== 'function') throw runtimeError('HandlerNotFound', `${name} is not a function`);
  // From Node.js 24 on Lambda takes no handlers that answer through a callback.
  if (handler.length >= 3)
    throw runtimeError('CallbackHandlerDeprecated', `${name} takes a callback: return a promise instead.`);
  return handler as Handler;
}

async function load(root: string, module: string): Promise<unknown> {
  const found = ['', '.js', '.mjs', '.cjs']
    .map((ending) => join(root, module + ending))
    .find((path) => existsSync(path));
  try {
    return found ? await import(pathToFileURL(found).href) : createRequire(join(root, 'x.js'))(module);
  } catch (error) {
    if (error instanceof SyntaxError) throw Object.assign(error, { name: 'Runtime.UserCodeSyntaxError' });
    if ((error as NodeJS.ErrnoException | undefined)?.code === 'MODULE_NOT_FOUND')
      throw Object.assign(error as Error, { name: 'Runtime.ImportModuleError' });
    throw error;
  }
}

const find = (value: unknown, path: readonly string[]): unknown =>
  path.reduce<unknown>(
    (at, key) => (typeof at === 'object' && at !== null ? (at as Record<string, unknown>)[key] : undefined),
    value,
  );
