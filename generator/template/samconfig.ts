import type { Blueprint } from '../blueprint.ts';
import { STAGES, type StageName } from '../stages.ts';
import type { Properties, Value } from './cloudformation.ts';

export const SAM_CONFIG_FILE = 'samconfig.yaml';

/** Name of a stage's stack. */
export const stackName = (blueprint: Blueprint, stage: StageName): string => `${blueprint.name}-${stage}`;

const BUILD: Properties = { parameters: { cached: true, parallel: true } };
const VALIDATE: Properties = { parameters: { lint: true } };

/** Options of the SAM CLI by stage (`--config-env dev`). Plain `sam build` works without a stage; `sam deploy` must be told one. */
export function samConfig(blueprint: Blueprint): Readonly<Record<string, Value>> {
  const stages = STAGES.map((stage) => [stage, stageConfig(blueprint, stage)] as const);
  return { version: 0.1, default: { build: BUILD, validate: VALIDATE }, ...Object.fromEntries(stages) };
}

function stageConfig(blueprint: Blueprint, stage: StageName): Properties {
  const name = stackName(blueprint, stage);
  const { region } = blueprint.stages[stage];
  const parameterOverrides = [`Stage=${stage}`];
  return {
    global: { parameters: { stack_name: name, ...(region !== undefined && { region }) } },
    build: { parameters: { cached: true, parallel: true, parameter_overrides: parameterOverrides } },
    validate: VALIDATE,
    deploy: {
      parameters: {
        resolve_s3: true,
        s3_prefix: name,
        capabilities: 'CAPABILITY_IAM',
        parameter_overrides: parameterOverrides,
        tags: [`service=${blueprint.name}`, `stage=${stage}`],
        confirm_changeset: stage === 'prod',
        fail_on_empty_changeset: false,
      },
    },
    local_invoke: { parameters: { parameter_overrides: parameterOverrides } },
    local_start_api: { parameters: { parameter_overrides: parameterOverrides } },
  };
}
