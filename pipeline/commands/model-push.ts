import type { Command } from '../../generator/io.ts';
import { connect } from '../aws/clients.ts';
import { checkAccount, whoAmI } from '../aws/identity.ts';
import { checkInS3 } from '../model/of-stack.ts';
import { publishModel } from '../model/publish.ts';
import { readProject } from '../project.ts';
import { parseStage, targetOf } from '../stage.ts';

export interface ModelPushOptions {
  readonly stage: string;
  readonly json?: boolean;
}

/** `onnx-lambda model push`: puts the project's model where a stage can use it; its name is the answer. Nothing is deployed. */
export const modelPush: Command<ModelPushOptions> = async (options, io) => {
  const project = await readProject(io.cwd);
  const target = targetOf(project, parseStage(options.stage));
  checkInS3(project);
  const aws = await connect(target.region, io);
  const identity = await whoAmI(aws);
  checkAccount(target, identity);
  const { version, isNew } = await publishModel(project, target, aws, identity.account, io);
  io.stdout.write(options.json ? `${JSON.stringify({ ...version, isNew }, null, 2)}\n` : `${version.name}\n`);
  return 0;
};
