import { ToolError } from '../../generator/errors.ts';
import type { Command } from '../../generator/io.ts';
import { megabytes } from '../../generator/megabytes.ts';
import { s3 } from '../aws/buckets.ts';
import { connect } from '../aws/clients.ts';
import { checkAccount, whoAmI } from '../aws/identity.ts';
import { checkDeployable, readStack } from '../aws/stack-state.ts';
import { followPlan } from '../deploy/apply.ts';
import { planParameters } from '../deploy/plan.ts';
import { smokeTest } from '../deploy/smoke-test.ts';
import { mustAsk, startShown } from '../deploy/start.ts';
import { modelBucket } from '../model/bucket.ts';
import { checkInS3, notDeployed } from '../model/of-stack.ts';
import { isSame, parametersOf, pinsOf } from '../model/pins.ts';
import { packModel } from '../model/publish.ts';
import { modelPrefix, signatureDigest, type ModelVersion } from '../model/version.ts';
import { checkContent, chooseVersion, listModels } from '../model/versions.ts';
import { readProject, type Project } from '../project.ts';
import { parseStage, targetOf } from '../stage.ts';

export interface ModelUseOptions {
  /** As `push` and `list` name it, or its sha256 or the first digits of it. */
  readonly version: string;
  readonly stage: string;
  readonly yes?: boolean;
  readonly json?: boolean;
}

/** `onnx-lambda model use VERSION`: moves a stage to another version of its model by parameters alone; nothing is built or uploaded. */
export const modelUse: Command<ModelUseOptions> = async (options, io) => {
  const stage = parseStage(options.stage);
  const project = await readProject(io.cwd);
  const target = targetOf(project, stage);
  checkInS3(project);
  const asks = mustAsk(stage, options.yes, `onnx-lambda model use ${options.version}`, io);

  const aws = await connect(target.region, io);
  const identity = await whoAmI(aws);
  checkAccount(target, identity);
  const state = await readStack(aws, target.stackName);
  checkDeployable(state, target, aws.region);
  const before = state.kind === 'ready' ? pinsOf(state.stack) : undefined;
  if (state.kind !== 'ready' || !before) throw notDeployed(target);

  const client = s3(aws, io);
  const bucket = await modelBucket(aws, target, identity.account);
  const prefix = modelPrefix(target);
  const place = { Bucket: bucket, ExpectedBucketOwner: identity.account };
  const versions = await listModels(aws, client, place, prefix);
  const version = chooseVersion(versions, options.version, stage, `s3://${bucket ?? ''}/${prefix}`);
  const answer = (changed: boolean): number => {
    if (options.json) io.stdout.write(`${JSON.stringify({ stage, changed, before, version }, null, 2)}\n`);
    return 0;
  };
  if (isSame(before, version)) {
    io.stderr.write(`No changes: ${target.stackName} uses ${version.name} already.\n`);
    return answer(false);
  }
  checkSignature(project, version);
  io.stderr.write(`Checking ${version.name} (${megabytes(version.bytes)})\n`);
  await checkContent(aws, client, version, identity.account);

  const plan = await planParameters(target, state.stack, parametersOf(version), aws, io);
  if (plan.kind === 'nothing') return answer(false);
  const started = await startShown(plan, target, asks, aws, io);
  await followPlan(aws, target, started, plan.changes.length, io);
  io.stderr.write(`To go back: onnx-lambda model use ${before.sha256.slice(0, 16)} --stage ${stage}\n`);
  const isProjects = (await packModel(project)).sha256 === version.sha256;
  await smokeTest(project, target, aws.region, isProjects ? 'answer' : 'shape', io);
  return answer(true);
};

/** @throws ToolError MODEL_SIGNATURE_DIFFERS */
function checkSignature({ blueprint }: Project, { name, signature, bucket, key }: ModelVersion): void {
  if (signature === signatureDigest(blueprint.model)) return;
  throw new ToolError('MODEL_SIGNATURE_DIFFERS', {
    what: signature
      ? `${name} takes or gives other tensors than those that this project was made for.`
      : `Nothing says what ${name} takes and gives: it was not pushed by onnx-lambda.`,
    where: `s3://${bucket}/${key}`,
    expected: 'the inputs and outputs that are in onnx-lambda.yaml',
    next: signature
      ? 'onnx-lambda update --model FILE, then onnx-lambda deploy: the code has to change with it'
      : 'onnx-lambda model push, from a project with this model',
  });
}
