/** Arguments of every `sam` command that we run, built purely; only ../sam/run.ts executes them. */
export type Argv = readonly string[];

/** Parameter overrides in the one form that has no quoting rules of its own to trip over. */
export type Parameters = Readonly<Record<string, string>>;

/** SAM joins the pairs and splits them again at spaces: a value with a space or a quote in it goes in quotes. */
const quoted = (value: string): string => (/[\s"]/.test(value) ? `"${value.replaceAll('"', '\\"')}"` : value);

const overrides = (parameters: Parameters): string[] => {
  const pairs = Object.entries(parameters).map(([key, value]) => `ParameterKey=${key},ParameterValue=${quoted(value)}`);
  return pairs.length > 0 ? ['--parameter-overrides', ...pairs] : [];
};

const when = (condition: boolean, ...args: string[]): string[] => (condition ? args : []);

export const version = (): Argv => ['--version'];

/** Checks the template with cfn-lint's rules; needs no credentials. */
export const validate = ({ template }: { template: string }): Argv => [
  'validate',
  '--lint',
  '--template-file',
  template,
];

export interface BuildCall {
  readonly template: string;
  readonly buildDir: string;
  readonly cacheDir: string;
}

/** Layers and function at the same time; what did not change comes from the cache. */
export const build = ({ template, buildDir, cacheDir }: BuildCall): Argv => [
  'build',
  '--template-file',
  template,
  '--build-dir',
  buildDir,
  '--cache-dir',
  cacheDir,
  '--cached',
  '--parallel',
];

/** Where artifacts are uploaded to. */
export interface Uploads {
  /** Undefined for SAM's own. */
  readonly bucket: string | undefined;
  /** Folder of this stack's artifacts in the bucket. */
  readonly prefix: string;
  /** Of images: its address, or one that SAM makes; undefined where there are none, and where samconfig names it. */
  readonly repository: { readonly uri: string } | 'made by SAM' | undefined;
}

const uploads = ({ bucket, prefix, repository }: Uploads): string[] => [
  ...(bucket === undefined ? ['--resolve-s3'] : ['--no-resolve-s3', '--s3-bucket', bucket]),
  '--s3-prefix',
  prefix,
  ...(repository === 'made by SAM' ? ['--resolve-image-repos'] : []),
  ...(typeof repository === 'object' ? ['--image-repository', repository.uri] : []),
];

export interface DeployCall {
  readonly template: string;
  readonly configFile: string | undefined;
  readonly stage: string;
  readonly stackName: string;
  readonly region: string;
  /** Undefined for a template that refers to no files. */
  readonly uploads: Uploads | undefined;
  /** Left out where samconfig gives them. */
  readonly parameters: Parameters;
  readonly capabilities: readonly string[];
}

/** Uploads the artifacts and makes a change set, and stops there: what it holds is shown before it is executed. */
export const deploy = (call: DeployCall): Argv => [
  'deploy',
  '--template-file',
  call.template,
  ...(call.configFile ? ['--config-file', call.configFile, '--config-env', call.stage] : []),
  '--stack-name',
  call.stackName,
  '--region',
  call.region,
  ...(call.uploads ? uploads(call.uploads) : []),
  ...when(call.capabilities.length > 0, '--capabilities', ...call.capabilities),
  ...overrides(call.parameters),
  '--no-execute-changeset',
  '--no-confirm-changeset',
  '--no-fail-on-empty-changeset',
  '--no-progressbar',
];

export interface PackageCall {
  readonly template: string;
  readonly region: string;
  readonly uploads: Uploads;
  /** Gets the template with addresses in place of files. */
  readonly output: string;
}

/** Uploads the artifacts, and makes nothing of them. */
export const packaged = (call: PackageCall): Argv => [
  'package',
  '--template-file',
  call.template,
  '--region',
  call.region,
  ...uploads(call.uploads),
  '--output-template-file',
  call.output,
  '--no-progressbar',
];

export interface LocalCall {
  readonly template: string;
  readonly parameters: Parameters;
  readonly skipPull: boolean;
}

/** One invoke in a container; the answer comes on stdout. */
export const localInvoke = ({
  functionId,
  event,
  ...call
}: LocalCall & { functionId: string; event: string }): Argv => [
  'local',
  'invoke',
  functionId,
  '--template-file',
  call.template,
  '--event',
  event,
  ...overrides(call.parameters),
  ...when(call.skipPull, '--skip-pull-image'),
];

/** The API on this machine, its container warm from the start. */
export const localStartApi = ({ host, port, ...call }: LocalCall & { host: string; port: number }): Argv => [
  'local',
  'start-api',
  '--template-file',
  call.template,
  '--host',
  host,
  '--port',
  String(port),
  '--warm-containers',
  'EAGER',
  ...overrides(call.parameters),
  ...when(call.skipPull, '--skip-pull-image'),
];

export interface RemoteInvokeCall {
  readonly stackName: string;
  /** Logical id of the function. */
  readonly functionId: string;
  /** Alias or version: what traffic reaches. */
  readonly qualifier: string | undefined;
  readonly event: string;
  readonly region: string;
}

/** One invoke of what is deployed; `--output json` is Lambda's whole answer, FunctionError included. */
export const remoteInvoke = ({ stackName, functionId, qualifier, event, region }: RemoteInvokeCall): Argv => [
  'remote',
  'invoke',
  functionId,
  '--stack-name',
  stackName,
  '--event-file',
  event,
  '--region',
  region,
  ...when(qualifier !== undefined, '--parameter', `Qualifier=${qualifier}`),
  '--output',
  'json',
];
