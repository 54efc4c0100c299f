import { STAGES, type StageName } from '../../generator/blueprint.ts';
import type { Command, Io } from '../../generator/io.ts';
import { megabytes } from '../../generator/megabytes.ts';
import { s3 } from '../aws/buckets.ts';
import { connect } from '../aws/clients.ts';
import { checkAccount, whoAmI } from '../aws/identity.ts';
import { describe } from '../aws/stack-state.ts';
import { modelBucket } from '../model/bucket.ts';
import { checkInS3 } from '../model/of-stack.ts';
import { isSame, pinsOf, type Pinned } from '../model/pins.ts';
import { modelPrefix, signatureDigest, type ModelVersion } from '../model/version.ts';
import { listModels } from '../model/versions.ts';
import { printTable } from '../print/table.ts';
import { readProject, type Project } from '../project.ts';
import { parseStage, targetOf } from '../stage.ts';

export interface ModelListOptions {
  readonly stage?: string;
  readonly json?: boolean;
}

/** A version as it is listed; the shape of `model list --json` as well. */
interface Listed extends ModelVersion {
  /** Whether the project's code can serve it. */
  readonly fits: boolean;
  readonly inUse: boolean;
}

interface StageModels {
  /** Undefined where the stack that would have it is not deployed. */
  readonly bucket: string | undefined;
  /** What the stack is pinned to, whether or not that is still there. */
  readonly inUse: Pinned | undefined;
  readonly versions: readonly Listed[];
}

/** `onnx-lambda model list`: the models that the stages can use, and which they use. */
export const modelList: Command<ModelListOptions> = async (options, io) => {
  const project = await readProject(io.cwd);
  const stages = options.stage === undefined ? STAGES : [parseStage(options.stage)];
  checkInS3(project);
  const found = await Promise.all(stages.map(async (stage) => [stage, await modelsOf(project, stage, io)] as const));
  if (options.json) io.stdout.write(`${JSON.stringify({ stages: Object.fromEntries(found) }, null, 2)}\n`);
  else printTable(['version', 'stage', 'size', 'uploaded', 'sha256', ''], found.flatMap(rows), io);
  return 0;
};

async function modelsOf(project: Project, stage: StageName, io: Io): Promise<StageModels> {
  const target = targetOf(project, stage);
  const aws = await connect(target.region, io);
  const identity = await whoAmI(aws);
  checkAccount(target, identity);
  const client = s3(aws, io);
  const bucket = await modelBucket(aws, target, identity.account);
  const place = { Bucket: bucket, ExpectedBucketOwner: identity.account };
  const versions = await listModels(aws, client, place, modelPrefix(target));
  const stack = await describe(aws, target.stackName);
  const inUse = stack && pinsOf(stack);
  const signature = signatureDigest(project.blueprint.model);
  return {
    bucket,
    inUse,
    versions: versions.map((version) => ({
      ...version,
      fits: version.signature === signature,
      inUse: isSame(inUse, version),
    })),
  };
}

/** Rows for a person; a model in use that is not in the bucket any more must not be missed. */
function rows([stage, { inUse, versions }]: readonly [StageName, StageModels]): string[][] {
  const lost = inUse && !versions.some((version) => version.inUse);
  return [
    ...versions.map(({ name, bytes, uploaded, sha256, fits, inUse: used }) => [
      name,
      stage,
      megabytes(bytes),
      uploaded?.replace('T', ' ').slice(0, 19) ?? '',
      sha256.slice(0, 16),
      [used ? `used by ${stage}` : '', fits ? '' : 'another signature'].filter(Boolean).join(', '),
    ]),
    ...(lost ? [['?', stage, '', '', inUse.sha256.slice(0, 16), `used by ${stage}, and not the newest of its name`]] : []),
  ];
} // prettier-ignore
