import { transformSync } from 'esbuild';
import { readFileSync } from 'node:fs';
import { createContext, runInContext } from 'node:vm';

/** A generated client, of whichever service. */
export interface AnyClient {
  predict(input: unknown, call?: object): Promise<{ predictions: { className: string; probability: number }[] }>;
  infer(
    inputs: unknown,
    call?: object,
  ): Promise<{ id?: string; modelName: string; outputs: Record<string, AnyOutput> }>;
  metadata(): Promise<{ inputs: { name: string }[] }>;
  live(): Promise<unknown>;
  ready(): Promise<unknown>;
  health(call?: object): Promise<unknown>;
}

export interface AnyOutput {
  readonly datatype: string;
  readonly shape: readonly number[];
  readonly data: ArrayLike<unknown>;
}

export interface ClientModule {
  createClient(options: object): AnyClient;
  readonly ServiceError: new (...args: never[]) => Error;
}

/** All that a web page has and the language itself does not, as far as the client may use it. */
const { fetch, AbortSignal, AbortController, Blob, URL, Headers, Response, btoa, setTimeout, clearTimeout } =
  globalThis;
const WEB = { fetch, AbortSignal, AbortController, Blob, URL, Headers, Response, btoa, setTimeout, clearTimeout };

/** Runs client.ts where nothing is but the language and the web's part of a page: no Buffer, no process, no require. */
export const inWebPage = (file: string): ClientModule => loaded(file, createContext({ ...WEB }));

/** Runs client.ts here, with all that Node has. */
export const inNode = (file: string): ClientModule => loaded(file);

function loaded(file: string, context?: object): ClientModule {
  const { code } = transformSync(readFileSync(file, 'utf8'), { loader: 'ts', format: 'iife', globalName: 'client' });
  const script = `(() => { ${code}; return client; })()`;
  return (context ? runInContext(script, context) : (0, eval)(script)) as ClientModule;
}
