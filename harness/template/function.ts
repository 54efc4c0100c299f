import { resolve as resolvePath } from 'node:path';
import { codeOf, type Code, type Source } from './code.ts';
import { resolve } from './intrinsics.ts';
import { invalid, listAt, mappingAt, textAt, wholeAt, type Mapping } from './values.ts';

/** What the template says of the function, worked out for one stage. */
export interface FunctionSettings extends Code {
  readonly logicalId: string;
  readonly name: string;
  readonly arn: string;
  readonly architecture: 'arm64' | 'x86_64';
  /** MB */
  readonly memory: number;
  /** Seconds */
  readonly timeout: number;
  readonly environment: Readonly<Record<string, string>>;
  readonly reservedConcurrency: number | undefined;
  readonly logFormat: 'Text' | 'JSON';
  readonly logLevel: string | undefined;
  /** Clients of AWS's SDK that the function takes from Lambda's runtime. */
  readonly sdkClients: readonly string[];
  /** Further ones, for requests that name data in AWS: others are answered without. */
  readonly sdkClientsOnDemand: readonly string[];
}

/** Lambda's limits, as its documentation gives them. */
const RANGES = { Timeout: [1, 900], MemorySize: [128, 10_240] } as const;
const ENVIRONMENT_BYTES = 4_096;

/**
 * The function's settings from its properties (Globals merged, functions not yet worked out).
 *
 * @throws ToolError TEMPLATE_INVALID naming the property
 */
export function functionSettings(logicalId: string, raw: Mapping, metadata: Mapping, source: Source): FunctionSettings {
  const { root, scope } = source;
  const where = `template.yaml: Resources.${logicalId}.Properties`;
  const at = (key: string): unknown => resolve(raw[key], scope, `${where}.${key}`);
  const code = codeOf(logicalId, raw, metadata, source);
  const architecture = listAt(at('Architectures') ?? ['x86_64'], `${where}.Architectures`)[0];
  if (architecture !== 'arm64' && architecture !== 'x86_64')
    throw invalid(
      `${where}.Architectures`,
      `${String(architecture)} is not an architecture of Lambda.`,
      'arm64 or x86_64',
    );
  const names = (key: string): string[] =>
    listAt(metadata[key] ?? [], `${where}: ${key}`).map((name) => textAt(name, where));
  const logging = mappingAt(at('LoggingConfig'), `${where}.LoggingConfig`);
  const reserved = at('ReservedConcurrentExecutions');
  // A model that Lambda fetches from S3 lies in the project here.
  const localModel = metadata['LocalModel'];
  return {
    logicalId,
    name: scope.ref(logicalId) ?? logicalId,
    arn: scope.attribute(logicalId, 'Arn') ?? logicalId,
    architecture,
    ...code,
    memory: wholeAt(at('MemorySize') ?? 128, `${where}.MemorySize`, RANGES.MemorySize),
    timeout: wholeAt(at('Timeout') ?? 3, `${where}.Timeout`, RANGES.Timeout),
    environment: {
      ...environmentOf(at('Environment'), `${where}.Environment`),
      ...(typeof localModel === 'string' && { MODEL_FILE: resolvePath(root, localModel) }),
    },
    reservedConcurrency:
      reserved === undefined ? undefined : wholeAt(reserved, `${where}.ReservedConcurrentExecutions`, [0, 100_000]),
    logFormat: logging['LogFormat'] === 'JSON' ? 'JSON' : 'Text',
    logLevel:
      logging['ApplicationLogLevel'] === undefined
        ? undefined
        : textAt(logging['ApplicationLogLevel'], `${where}.LoggingConfig`),
    sdkClients: names('SdkClients'),
    sdkClientsOnDemand: names('SdkClientsOnDemand'),
  };
}

function environmentOf(environment: unknown, where: string): Record<string, string> {
  const variables = mappingAt(mappingAt(environment, where)['Variables'], `${where}.Variables`);
  const entries = Object.entries(variables).map(
    ([key, value]) => [key, textAt(value, `${where}.Variables.${key}`)] as const,
  );
  const bytes = entries.reduce((sum, [key, value]) => sum + Buffer.byteLength(key) + Buffer.byteLength(value), 0);
  if (bytes > ENVIRONMENT_BYTES)
    throw invalid(where, `The environment has ${bytes} bytes.`, `at most ${ENVIRONMENT_BYTES}`);
  return Object.fromEntries(entries);
}
