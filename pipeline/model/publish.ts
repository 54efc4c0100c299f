import { createHash } from 'node:crypto';
import { dirname, join } from 'node:path';
import type { Io } from '../../generator/io.ts';
import { megabytes } from '../../generator/megabytes.ts';
import { s3 } from '../aws/buckets.ts';
import type { Aws } from '../aws/clients.ts';
import type { Project } from '../project.ts';
import type { Target } from '../stage.ts';
import { BUCKET_PARAMETER, ensureBucket } from './bucket.ts';
import { tarOf } from './tar.ts';
import { findVersion, upload } from './upload.ts';

/** Where a stack's models are in their bucket: the function's role may read no others. */
export const modelPrefix = ({ stackName }: Pick<Target, 'stackName'>): string => `${stackName}/`;

/**
 * Sees to it that the project's model is in S3, and answers the target with the parameters that pin it. A model that is there already is
 * not uploaded again; one in a layer is none of ours.
 */
export async function publishModel(project: Project, target: Target, aws: Aws, account: string, io: Io): Promise<Target> {
  const { source, file } = project.blueprint.model;
  if (source.kind === 'layer') return target;
  const client = s3(aws, io);
  const tar = await tarOf(dirname(join(project.root, file)));
  const hash = createHash('sha256');
  for await (const piece of tar.read()) hash.update(piece);
  const sha256 = hash.digest('hex');
  const bucket = await ensureBucket(aws, client, target, account);
  const place = { Bucket: bucket, Key: `${modelPrefix(target)}${sha256}.tar`, ExpectedBucketOwner: account };
  const known = await findVersion(aws, client, place, sha256, tar.size);
  const what = `the model (${megabytes(tar.size)})`;
  io.stderr.write(`${known ? `In S3 already: ${what}` : `Uploading ${what}`} s3://${bucket}/${place.Key}\n`);
  const version = known ?? (await upload(aws, client, place, sha256, tar));
  const pins = { [BUCKET_PARAMETER]: bucket, ModelVersionId: version, ModelSha256: sha256 };
  return { ...target, parameters: { ...target.parameters, ...pins } };
} // prettier-ignore
