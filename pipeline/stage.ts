import { STAGES, type Auth, type StageName } from '../generator/blueprint.ts';
import { ToolError } from '../generator/errors.ts';
import type { Project } from './project.ts';
import type { Parameters } from './sam/argv.ts';

/** One stage of a project: which stack, where, and with what. */
export interface Target {
  readonly stage: StageName;
  readonly stackName: string;
  /** Folder in the bucket of artifacts that is this stack's alone. */
  readonly prefix: string;
  /** What the project pins; the environment decides where it is undefined. */
  readonly region: string | undefined;
  readonly account: string | undefined;
  readonly auth: Auth;
  /** Parameters of the template for this stage. */
  readonly parameters: Parameters;
}

/** @throws ToolError STAGE_UNKNOWN */
export function parseStage(text: string): StageName {
  const stage = STAGES.find((known) => known === text);
  if (stage) return stage;
  throw new ToolError('STAGE_UNKNOWN', {
    what: `There is no stage "${text}".`,
    where: '--stage',
    expected: STAGES.join(', '),
    next: 'onnx-lambda deploy --stage dev',
  });
}

/** What samconfig.yaml and the Blueprint say of a stage. */
export function targetOf(project: Project, stage: StageName): Target {
  const { blueprint } = project;
  const config = project.config[stage] ?? {};
  const stackName = config.stack_name ?? `${blueprint.name}-${stage}`;
  return {
    stage,
    stackName,
    prefix: config.s3_prefix ?? stackName,
    region: blueprint.stages[stage].region ?? config.region,
    account: blueprint.stages[stage].account,
    auth: blueprint.stages[stage].auth,
    parameters: { Stage: stage, ...parseOverrides(config.parameter_overrides) },
  };
}

/** samconfig's `parameter_overrides` in any form that SAM takes: `A=1 B="x y"`, a list of such, a map, or ParameterKey=…,ParameterValue=…. */
export function parseOverrides(
  value: string | readonly string[] | Readonly<Record<string, string>> | undefined,
): Parameters {
  if (value === undefined) return {};
  if (typeof value === 'object' && !Array.isArray(value)) return value as Parameters;
  const text = typeof value === 'string' ? value : (value as readonly string[]).join(' ');
  const unquote = (word: string): string => word.replace(/^"(.*)"$/s, '$1').replaceAll('\\"', '"');
  const long = [...text.matchAll(/ParameterKey=(\w+),ParameterValue=("(?:\\.|[^"\\])*"|\S*)/g)];
  const pairs = long.length > 0 ? long : [...text.matchAll(/(\w+)=("(?:\\.|[^"\\])*"|\S*)/g)];
  return Object.fromEntries(pairs.map(([, key = '', word = '']) => [key, unquote(word)]));
}
