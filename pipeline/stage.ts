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

/** What samconfig.yaml and the Blueprint say of a stage. */
export function targetOf(project: Project, stage: StageName): Target {
  const { blueprint } = project;
  const config = project.config[stage];
  const stackName = config?.stackName ?? `${blueprint.name}-${stage}`;
  return {
    stage,
    stackName,
    prefix: config?.prefix ?? stackName,
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
