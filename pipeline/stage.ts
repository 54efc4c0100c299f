import { STAGES, type Auth, type StageName } from '../generator/blueprint.ts';
import { ToolError } from '../generator/errors.ts';
import type { Project } from './project.ts';
import type { Parameters } from './sam/argv.ts';

/** Names that a call gives to what is else called by the project's name and the stage. */
export interface Names {
  /** Of the function's stack. */
  readonly stack?: string;
  /** Of the registry's stack. */
  readonly registry?: string;
  /** Folder of the artifacts in their bucket. */
  readonly prefix?: string;
}

/** One stage of a project: which stack, where, and with what. */
export interface Target {
  readonly stage: StageName;
  readonly stackName: string;
  /** Folder in the bucket of artifacts that is this stack's alone. */
  readonly prefix: string;
  /** Stack of the bucket and repository that artifacts are kept in. */
  readonly registry: string;
  /** Where samconfig.yaml has images pushed to. */
  readonly repository: string | undefined;
  /** What the project pins; the environment decides where it is undefined. */
  readonly region: string | undefined;
  readonly account: string | undefined;
  readonly auth: Auth;
  /** Parameters of the template for this stage. */
  readonly parameters: Parameters;
  readonly models: ModelPlace;
}

/** Where a stage's models are. */
export type ModelPlace =
  | { readonly kind: 'shared' }
  /** In the bucket of a small stack of that name. */
  | { readonly kind: 'stack'; readonly stackName: string }
  | { readonly kind: 'existing'; readonly bucket: string };

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

/** A stack's name is the function's too, and that has 64 characters at most. */
const STACK = {
  pattern: /^[A-Za-z][A-Za-z0-9-]{0,63}$/,
  expected: '1 to 64 letters, digits and hyphens, a letter first',
};
const PREFIX = { pattern: /^[\w.-]+(\/[\w.-]+)*$/, expected: 'a folder in a bucket, e.g. packages/my-api' };

/** The name, where there is one. @throws ToolError USAGE where it can't be one */
function named(text: string | undefined, flag: string, { pattern, expected }: typeof STACK): string | undefined {
  if (text === undefined || pattern.test(text)) return text;
  throw new ToolError('USAGE', { what: `"${text}" is no name for this.`, where: flag, expected });
}

/** What samconfig.yaml, the Blueprint and the call say of a stage. */
export function targetOf(project: Project, stage: StageName, names: Names = {}): Target {
  const { blueprint } = project;
  const config = project.config[stage];
  const stack = named(names.stack, '--stack', STACK);
  const stackName = stack ?? config?.stackName ?? `${blueprint.name}-${stage}`;
  return {
    stage,
    stackName,
    prefix: named(names.prefix, '--prefix', PREFIX) ?? stack ?? config?.prefix ?? stackName,
    registry: named(names.registry, '--registry', STACK) ?? `${blueprint.name}-registry-${stage}`,
    repository: config?.repository,
    region: blueprint.stages[stage].region ?? config?.region,
    account: blueprint.stages[stage].account,
    auth: blueprint.stages[stage].auth,
    parameters: { Stage: stage, ...config?.overrides },
    models: modelPlace(blueprint.model.source, config?.overrides[MODEL_BUCKET], stackName),
  };
}

/** Parameter of the template that names the bucket; what samconfig.yaml says of it for a stage comes first. */
export const MODEL_BUCKET = 'ModelBucket';

function modelPlace(
  source: Project['blueprint']['model']['source'],
  override: string | undefined,
  stackName: string,
): ModelPlace {
  if (override) return { kind: 'existing', bucket: override };
  const chosen = source.kind === 's3' ? source.bucket : undefined;
  if (chosen === undefined) return { kind: 'shared' };
  return chosen.kind === 'stack'
    ? { kind: 'stack', stackName: `${stackName}-models` }
    : { kind: 'existing', bucket: chosen.name };
}
