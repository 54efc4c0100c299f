import { join } from 'node:path';
import type { Command } from '../../generator/io.ts';
import { connect } from '../aws/clients.ts';
import { checkAccount, whoAmI } from '../aws/identity.ts';
import { checkDeployable, checkStage, describe, outputsOf, readStack } from '../aws/stack-state.ts';
import { followPlan } from '../deploy/apply.ts';
import { planDeployment, validateTemplate } from '../deploy/plan.ts';
import { startShown } from '../deploy/start.ts';
import { printOutputs } from '../print/outputs.ts';
import { readProject } from '../project.ts';
import * as argv from '../sam/argv.ts';
import { checkSam } from '../sam/check.ts';
import { parseStage, targetOf, type Names } from '../stage.ts';

export interface RegistryOptions extends Names {
  readonly stage: string;
}

const TEMPLATE = 'registry.yaml';

/** `onnx-lambda registry`: the stack that a stage's artifacts and images are kept in; its outputs are the answer. */
export const registry: Command<RegistryOptions> = async (options, io) => {
  const stage = parseStage(options.stage);
  const { root, ...project } = await readProject(io.cwd);
  const service = targetOf({ root, ...project }, stage, options);
  const target = { ...service, stackName: service.registry };
  const aws = await connect(target.region, io);
  await checkSam(root, io);
  checkAccount(target, await whoAmI(aws));
  const state = await readStack(aws, target.stackName);
  checkDeployable(state, { stackName: target.stackName }, aws.region);
  checkStage(state, target);
  await validateTemplate(root, TEMPLATE, aws.region, io);

  const args = argv.deploy({
    template: join(root, TEMPLATE),
    configFile: undefined,
    stage,
    stackName: target.stackName,
    region: aws.region,
    uploads: undefined,
    parameters: { Project: project.blueprint.name, Stage: stage },
    capabilities: [],
  });
  const plan = await planDeployment(root, target, args, aws, io);
  if (plan.kind === 'changes') {
    const started = await startShown(plan, target, false, aws, io);
    await followPlan(aws, target, started, plan.changes.length, io);
  } else {
    io.stderr.write(`No changes: ${target.stackName} is up to date.\n`);
  }
  printOutputs(outputsOf(await describe(aws, target.stackName)), io);
  return 0;
};
