import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Layer } from '../template/code.ts';
import type { FunctionSettings } from '../template/function.ts';

export interface Place {
  readonly region: string;
  /** Stands for /var/task. */
  readonly task: string;
  /** Stands for /tmp. */
  readonly temporary: string;
  readonly nodePath: string;
  /** host:port */
  readonly runtimeApi: string;
  /** More variables, e.g. credentials of the host where they were asked for. They lose against the template's. */
  readonly extra: Readonly<Record<string, string>>;
}

/**
 * All variables that the function sees: Lambda's own and the template's. Nothing of the host's environment is among them but what its system
 * needs to start a program.
 */
export function functionVariables(fn: FunctionSettings, place: Place): Record<string, string> {
  const template = Object.fromEntries(
    Object.entries(fn.environment).map(([name, value]) => [name, optPath(value, fn.layers)]),
  );
  // The SAM CLI turns source maps on in the environment of a function that is built with them.
  const maps =
    fn.esbuild?.['Sourcemap'] === true && !('NODE_OPTIONS' in template) ? { NODE_OPTIONS: '--enable-source-maps' } : {};
  return {
    ...place.extra,
    ...systemVariables(),
    ...maps,
    ...template,
    AWS_REGION: place.region,
    AWS_DEFAULT_REGION: place.region,
    AWS_EXECUTION_ENV: `AWS_Lambda_${fn.runtime}`,
    AWS_LAMBDA_FUNCTION_NAME: fn.name,
    AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(fn.memory),
    AWS_LAMBDA_FUNCTION_VERSION: '$LATEST',
    AWS_LAMBDA_INITIALIZATION_TYPE: 'on-demand',
    AWS_LAMBDA_LOG_GROUP_NAME: `/aws/lambda/${fn.name}`,
    AWS_LAMBDA_LOG_STREAM_NAME: `local/[$LATEST]${'0'.repeat(32)}`,
    AWS_LAMBDA_LOG_FORMAT: fn.logFormat,
    ...(fn.logLevel === undefined ? {} : { AWS_LAMBDA_LOG_LEVEL: fn.logLevel }),
    AWS_LAMBDA_RUNTIME_API: place.runtimeApi,
    LAMBDA_TASK_ROOT: place.task,
    LAMBDA_RUNTIME_DIR: dirname(process.execPath),
    LANG: 'en_US.UTF-8',
    NODE_PATH: place.nodePath,
    TMPDIR: place.temporary,
    TZ: ':UTC',
    _HANDLER: fn.handler,
  };
}

/** PATH, and on Windows the few without which no program starts. */
function systemVariables(): Record<string, string> {
  if (process.platform !== 'win32')
    return { PATH: [dirname(process.execPath), '/usr/local/bin', '/usr/bin', '/bin'].join(':') };
  const names = ['PATH', 'PATHEXT', 'SystemRoot', 'SystemDrive', 'windir', 'ComSpec'];
  return Object.fromEntries(
    names.flatMap((name) => (process.env[name] === undefined ? [] : [[name, process.env[name]]])),
  );
}

/** `/opt/model.onnx` as a path on this machine: in the last layer that has it, else where the last layer that is copied would have it. */
export function optPath(value: string, layers: readonly Layer[]): string {
  if (value !== '/opt' && !value.startsWith('/opt/')) return value;
  const inside = value.slice('/opt/'.length);
  const copied = layers.filter(({ buildMethod }) => buildMethod === undefined).reverse();
  const layer = copied.find(({ folder }) => existsSync(join(folder, inside))) ?? copied[0];
  return layer ? join(layer.folder, inside) : value;
}
