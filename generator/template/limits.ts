import { ToolError } from '../errors.ts';

/** Lambda's and CloudFormation's limits that static tools pass by. Sources: "Lambda quotas", "CloudFormation quotas" in AWS's guides. */
export const LIMITS = {
  /** MB */
  memory: { min: 128, max: 10_240 },
  /** Seconds */
  timeout: { min: 1, max: 900 },
  /** /tmp, MB */
  storage: { min: 512, max: 10_240 },
  /** Names and values of all variables, bytes */
  environment: { max: 4096 },
  layers: { max: 5 },
  /** Function and layers together, bytes */
  unzipped: { max: 262_144_000 },
  /** A container image, its base included, as it is unpacked, bytes */
  image: { max: 10_737_418_240 },
  /** A zip that is uploaded without S3, bytes; ours go through S3, the function's should stay far below */
  zip: { max: 52_428_800 },
  /** Of an answer to a synchronous invoke, bytes */
  answer: { max: 6_291_556 },
  runtimes: ['nodejs20.x', 'nodejs22.x', 'nodejs24.x'],
  architectures: ['arm64', 'x86_64'],
  functionName: /^[A-Za-z0-9_-]{1,64}$/,
  /** Of a template, bytes */
  description: { max: 1024 },
  /** Days that CloudWatch Logs takes */
  // prettier-ignore
  retention: [1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653],
} as const;

/** Names that Lambda sets itself and refuses to be given. */
const RESERVED_VARIABLES = /^(_HANDLER|_X_AMZN_TRACE_ID|LAMBDA_TASK_ROOT|LAMBDA_RUNTIME_DIR|AWS_REGION|AWS_DEFAULT_REGION|AWS_EXECUTION_ENV|AWS_LAMBDA_(FUNCTION_(NAME|MEMORY_SIZE|VERSION)|LOG_(GROUP|STREAM)_NAME|INITIALIZATION_TYPE|RUNTIME_API)|AWS_(ACCESS_KEY(_ID)?|SECRET_ACCESS_KEY|SESSION_TOKEN))$/; // prettier-ignore

/** One value that AWS would refuse, found before it is asked. */
export interface LimitProblem {
  /** Path in the template, such as `Resources.Function.Timeout`. */
  readonly where: string;
  readonly actual: string;
  readonly expected: string;
}

type Tree = Readonly<Record<string, unknown>>;
interface Finding {
  readonly actual: string;
  readonly expected: string;
}
/** What is wrong with one value that a property can take; undefined where nothing is. */
type Check = (value: unknown) => Finding | undefined;

const isTree = (value: unknown): value is Tree => typeof value === 'object' && value !== null && !Array.isArray(value);
const treeAt = (value: unknown, key: string): Tree => (isTree(value) && isTree(value[key]) ? value[key] : {});

/** Numbers may come as text, as parameters do. */
function within({ min, max }: { min: number; max: number }, unit: string): Check {
  return (value) => {
    const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
    const good = typeof number === 'number' && Number.isInteger(number) && number >= min && number <= max;
    return good ? undefined : { actual: JSON.stringify(value), expected: `${min} to ${max} ${unit}` };
  };
}

const oneOf = (allowed: readonly (string | number)[]): Check => {
  const texts = allowed.map(String);
  return (value) =>
    texts.includes(String(value))
      ? undefined
      : { actual: JSON.stringify(value), expected: `one of ${texts.join(', ')}` };
};

const matches =
  (pattern: RegExp): Check =>
  (value) =>
    pattern.test(String(value)) ? undefined : { actual: JSON.stringify(value), expected: `to match ${pattern.source}` };

const atMost = (max: number, what: string): Check => {
  return (value) =>
    Array.isArray(value) && value.length > max
      ? { actual: `${value.length} ${what}`, expected: `at most ${max}` }
      : undefined;
};

/** Properties by type of resource; a property that is left out has a default that is good. */
const CHECKS: Readonly<Record<string, Readonly<Record<string, Check>>>> = {
  'AWS::Serverless::Function': {
    FunctionName: matches(LIMITS.functionName),
    Runtime: oneOf(LIMITS.runtimes),
    MemorySize: within(LIMITS.memory, 'MB'),
    Timeout: within(LIMITS.timeout, 'seconds'),
    'EphemeralStorage.Size': within(LIMITS.storage, 'MB'),
    Layers: atMost(LIMITS.layers.max, 'layers'),
    'Architectures.0': oneOf(LIMITS.architectures),
    ReservedConcurrentExecutions: within({ min: 0, max: 1_000_000 }, 'requests'),
  },
  'AWS::Serverless::LayerVersion': {
    'CompatibleRuntimes.0': oneOf(LIMITS.runtimes),
    'CompatibleArchitectures.0': oneOf(LIMITS.architectures),
  },
  'AWS::Logs::LogGroup': { RetentionInDays: oneOf(LIMITS.retention) },
};

/**
 * Everything in a template that is over a limit. Parameters count with every value that they can be given, mappings and conditions
 * with every value that they can come to.
 *
 * @param template a SAM template with functions in their long form, as `parseYaml` reads it
 */
export function checkLimits(template: unknown): LimitProblem[] {
  const globals = treeAt(treeAt(template, 'Globals'), 'Function');
  const problems = Object.entries(treeAt(template, 'Resources')).flatMap(([id, resource]) => {
    const type = isTree(resource) ? String(resource['Type']) : '';
    const own = treeAt(resource, 'Properties');
    const isFunction = type === 'AWS::Serverless::Function';
    const properties = isFunction ? { ...globals, ...own } : own;
    const found = Object.entries(CHECKS[type] ?? {}).flatMap(([path, check]) =>
      valuesOf(at(properties, path), template).flatMap((value) => {
        const finding = check(value);
        return finding ? [{ where: `Resources.${id}.${path}`, ...finding }] : [];
      }),
    );
    const variables = (part: unknown): Tree => treeAt(treeAt(part, 'Environment'), 'Variables');
    return isFunction ? [...found, ...environment(id, { ...variables(globals), ...variables(own) }, template)] : found;
  });
  return [...problems, ...description(template)];
}

/**
 * Refuses a template that AWS would refuse.
 *
 * @throws ToolError TEMPLATE_INVALID that names every problem
 */
export function assertLimits(template: unknown, file: string): void {
  const problems = checkLimits(template);
  const [first] = problems;
  if (!first) return;
  throw new ToolError('TEMPLATE_INVALID', {
    what: problems.map(({ where, actual }) => `${where} is ${actual}`).join('; '),
    where: file,
    expected: problems.map(({ where, expected }) => `${where}: ${expected}`).join('; '),
  });
}

/** The value at a path such as `EphemeralStorage.Size` or `Architectures.0`; undefined where there is none. */
function at(value: unknown, path: string): unknown {
  return path.split('.').reduce<unknown>((inner, key) => {
    return typeof inner === 'object' && inner !== null ? (inner as Tree)[key] : undefined;
  }, value);
}

/** Every value that an expression can come to, as far as the template alone can say. */
function valuesOf(value: unknown, template: unknown): unknown[] {
  if (value === undefined) return [];
  if (!isTree(value)) return [value];
  const [name, argument] = Object.entries(value)[0] ?? [];
  switch (name) {
    case 'Ref':
      return parameterValues(treeAt(treeAt(template, 'Parameters'), String(argument)));
    case 'Fn::If':
      return Array.isArray(argument) ? argument.slice(1).flatMap((branch) => valuesOf(branch, template)) : [];
    case 'Fn::FindInMap': {
      const [map, first, second] = (Array.isArray(argument) ? argument : []) as unknown[];
      const rows = treeAt(treeAt(template, 'Mappings'), String(map));
      const chosen = typeof first === 'string' ? [rows[first]] : Object.values(rows);
      return chosen.flatMap((row) => valuesOf(at(row, String(second)), template));
    }
    default:
      return [];
  }
}

function parameterValues(parameter: Tree): unknown[] {
  const { Default: preset, AllowedValues: allowed, MinValue: min, MaxValue: max, Type: type } = parameter;
  const sentinel = type === 'Number' && Number(preset) < 0;
  if (sentinel) return [];
  return [preset, ...(Array.isArray(allowed) ? allowed : []), min, max].filter((value) => value !== undefined);
}

/** The fewest bytes that a value can have: text of functions that the template alone can't work out counts without its variables. */
function byteLength(value: unknown, template: unknown): number {
  const template_ = isTree(value) ? value['Fn::Sub'] : undefined;
  if (typeof template_ === 'string') return Buffer.byteLength(template_.replace(/\$\{[^}]*\}/g, ''));
  return Math.max(0, ...valuesOf(value, template).map((text) => Buffer.byteLength(String(text))));
}

function environment(id: string, variables: Tree, template: unknown): LimitProblem[] {
  const where = `Resources.${id}.Environment.Variables`;
  const names = Object.keys(variables);
  const bytes = names.reduce((sum, name) => sum + Buffer.byteLength(name) + byteLength(variables[name], template), 0);
  const { max } = LIMITS.environment;
  return [
    ...(bytes > max ? [{ where, actual: `${bytes} bytes`, expected: `at most ${max} bytes` }] : []),
    ...names
      .filter((name) => RESERVED_VARIABLES.test(name))
      .map((name) => ({ where: `${where}.${name}`, actual: 'set', expected: 'left to Lambda, which sets it' })),
  ];
}

function description(template: unknown): LimitProblem[] {
  const text = isTree(template) ? template['Description'] : undefined;
  const bytes = typeof text === 'string' ? Buffer.byteLength(text) : 0;
  const { max } = LIMITS.description;
  return bytes > max ? [{ where: 'Description', actual: `${bytes} bytes`, expected: `at most ${max} bytes` }] : [];
}
