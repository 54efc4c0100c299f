import { ToolError } from '../../generator/errors.ts';
import type { Io } from '../../generator/io.ts';
import type { Aws } from '../aws/clients.ts';
import { describe } from '../aws/stack-state.ts';
import type { Project } from '../project.ts';
import type { Target } from '../stage.ts';
import { pinnedTo, pinsOf } from './pins.ts';
import { packModel, publishModel } from './publish.ts';

/** @throws ToolError MODEL_NOT_IN_S3 where the model is part of what is built */
export function checkInS3({ blueprint }: Project): void {
  if (blueprint.model.source.kind === 's3') return;
  throw new ToolError('MODEL_NOT_IN_S3', {
    what: 'The model of this project is deployed with it: it has no versions of its own.',
    where: 'model.source in onnx-lambda.yaml',
    expected: 'a model in S3',
    next: 'onnx-lambda update --model-source s3, then onnx-lambda deploy',
  });
}

/** A target with its model settled, and whether that is the one in the project. */
export interface Settled {
  readonly target: Target;
  readonly isProjects: boolean;
}

/**
 * What a deployment pins: the project's model, published, or with `keep` the one that the stack has. Where these are two, it is said.
 *
 * @throws ToolError NOT_DEPLOYED where there is nothing to keep
 */
export async function withModel(
  project: Project,
  target: Target,
  keep: boolean,
  aws: Aws,
  account: string,
  io: Io,
): Promise<Settled> {
  if (project.blueprint.model.source.kind !== 's3') return { target, isProjects: true };
  const stack = await describe(aws, target.stackName);
  const has = stack && pinsOf(stack);
  if (keep) {
    if (!has) throw notDeployed(target);
    return { target: pinnedTo(target, has), isProjects: has.sha256 === (await packModel(project)).sha256 };
  }
  const { version } = await publishModel(project, target, aws, account, io);
  if (has && has.sha256 !== version.sha256) {
    io.stderr.write(
      `${target.stackName} has another model than model/ (sha256 ${has.sha256.slice(0, 8)}…): this deployment moves it to ${version.name}.\n` +
        `To keep the one that it has: onnx-lambda deploy --stage ${target.stage} --keep-model\n`,
    );
  }
  return { target: pinnedTo(target, version), isProjects: true };
}

export const notDeployed = ({ stage, stackName }: Target): ToolError =>
  new ToolError('NOT_DEPLOYED', {
    what: `${stackName} is not deployed with a model in S3 yet.`,
    where: stackName,
    next: `onnx-lambda deploy --stage ${stage}`,
  });
