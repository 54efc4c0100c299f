import { resolve as resolvePath } from 'node:path';
import { resolve, type Scope } from './intrinsics.ts';
import { invalid, isMapping, listAt, mappingAt, textAt, wholeAt, type Mapping } from './values.ts';

/** One layer: what Lambda lays under /opt. */
export interface Layer {
  readonly logicalId: string;
  /** Absolute folder of its content on this machine. */
  readonly folder: string;
  /** `nodejs24.x` where npm builds it (packages under /opt/nodejs/node_modules); undefined where it is copied as is. */
  readonly buildMethod: string | undefined;
}

/** What the template says of the function, worked out for one stage. */
export interface FunctionSettings {
  readonly logicalId: string;
  readonly name: string;
  readonly arn: string;
  /** `file.export` */
  readonly handler: string;
  readonly runtime: string;
  readonly architecture: 'arm64' | 'x86_64';
  /** Absolute CodeUri. */
  readonly codeFolder: string;
  /** MB */
  readonly memory: number;
  /** Seconds */
  readonly timeout: number;
  readonly environment: Readonly<Record<string, string>>;
  /** In the order of the template: later ones lie over earlier ones. */
  readonly layers: readonly Layer[];
  readonly reservedConcurrency: number | undefined;
  readonly logFormat: 'Text' | 'JSON';
  readonly logLevel: string | undefined;
  /** BuildProperties of `BuildMethod: esbuild`; undefined where the code is copied as is. */
  readonly esbuild: Mapping | undefined;
  /** Clients of AWS's SDK that the function takes from Lambda's runtime. */
  readonly sdkClients: readonly string[];
}

/** Lambda's limits, as its documentation gives them. */
const RANGES = { Timeout: [1, 900], MemorySize: [128, 10_240] } as const;
const ENVIRONMENT_BYTES = 4_096;
const RUNTIMES = ['nodejs20.x', 'nodejs22.x', 'nodejs24.x'];

interface Source {
  readonly root: string;
  readonly scope: Scope;
  readonly resources: Mapping;
}

/**
 * The function's settings from its properties (Globals merged, functions not yet worked out).
 *
 * @throws ToolError TEMPLATE_INVALID naming the property
 */
export function functionSettings(logicalId: string, raw: Mapping, metadata: Mapping, source: Source): FunctionSettings {
  const { root, scope } = source;
  const where = `template.yaml: Resources.${logicalId}.Properties`;
  const at = (key: string): unknown => resolve(raw[key], scope, `${where}.${key}`);
  const runtime = textAt(at('Runtime'), `${where}.Runtime`);
  if (!RUNTIMES.includes(runtime))
    throw invalid(`${where}.Runtime`, `${runtime} is not a runtime that runs here.`, RUNTIMES.join(', '));
  const architecture = listAt(at('Architectures') ?? ['x86_64'], `${where}.Architectures`)[0];
  if (architecture !== 'arm64' && architecture !== 'x86_64')
    throw invalid(
      `${where}.Architectures`,
      `${String(architecture)} is not an architecture of Lambda.`,
      'arm64 or x86_64',
    );
  const logging = mappingAt(at('LoggingConfig'), `${where}.LoggingConfig`);
  const reserved = at('ReservedConcurrentExecutions');
  // A model that Lambda fetches from S3 lies in the project here.
  const localModel = metadata['LocalModel'];
  const isEsbuild = metadata['BuildMethod'] === 'esbuild';
  return {
    logicalId,
    name: scope.ref(logicalId) ?? logicalId,
    arn: scope.attribute(logicalId, 'Arn') ?? logicalId,
    handler: textAt(at('Handler'), `${where}.Handler`),
    runtime,
    architecture,
    codeFolder: resolvePath(root, textAt(at('CodeUri'), `${where}.CodeUri`)),
    memory: wholeAt(at('MemorySize') ?? 128, `${where}.MemorySize`, RANGES.MemorySize),
    timeout: wholeAt(at('Timeout') ?? 3, `${where}.Timeout`, RANGES.Timeout),
    environment: {
      ...environmentOf(at('Environment'), `${where}.Environment`),
      ...(typeof localModel === 'string' && { MODEL_FILE: resolvePath(root, localModel) }),
    },
    layers: layersOf(raw['Layers'], `${where}.Layers`, source),
    reservedConcurrency:
      reserved === undefined ? undefined : wholeAt(reserved, `${where}.ReservedConcurrentExecutions`, [0, 100_000]),
    logFormat: logging['LogFormat'] === 'JSON' ? 'JSON' : 'Text',
    logLevel:
      logging['ApplicationLogLevel'] === undefined
        ? undefined
        : textAt(logging['ApplicationLogLevel'], `${where}.LoggingConfig`),
    esbuild: isEsbuild
      ? mappingAt(resolve(metadata['BuildProperties'], scope, `${where}: BuildProperties`), where)
      : undefined,
    sdkClients: listAt(metadata['SdkClients'] ?? [], `${where}: SdkClients`).map((name) => textAt(name, where)),
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

/** Layers that are resources of the template; the `Ref` is read unresolved, since only it names the resource. */
function layersOf(layers: unknown, where: string, { root, scope, resources }: Source): Layer[] {
  const list = isMapping(layers) ? resolve(layers, scope, where) : layers;
  return listAt(list, where).flatMap((item, i): Layer[] => {
    const place = `${where}[${i}]`;
    const chosen = isMapping(item) && 'Ref' in item ? item : resolve(item, scope, place);
    if (chosen === undefined) return [];
    const logicalId = isMapping(chosen) ? textAt(chosen['Ref'], place) : textAt(chosen, place);
    if (logicalId === 'AWS::NoValue') return [];
    const resource = resources[logicalId];
    if (!isMapping(resource) || resource['Type'] !== 'AWS::Serverless::LayerVersion')
      throw invalid(place, `${logicalId} is not a layer of this template.`, 'Ref of an AWS::Serverless::LayerVersion');
    const properties = `template.yaml: Resources.${logicalId}.Properties`;
    const contentUri = resolve(mappingAt(resource['Properties'], properties)['ContentUri'], scope, properties);
    const buildMethod = mappingAt(resource['Metadata'], properties)['BuildMethod'];
    return [
      {
        logicalId,
        folder: resolvePath(root, textAt(contentUri, `${properties}.ContentUri`)),
        buildMethod: buildMethod === undefined ? undefined : textAt(buildMethod, properties),
      },
    ];
  });
}
