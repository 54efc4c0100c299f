import { createHash } from 'node:crypto';
import { dirname, join } from 'node:path';
import type { Io } from '../../generator/io.ts';
import { megabytes } from '../../generator/megabytes.ts';
import { s3 } from '../aws/buckets.ts';
import type { Aws } from '../aws/clients.ts';
import type { Project } from '../project.ts';
import type { Target } from '../stage.ts';
import { ensureBucket } from './bucket.ts';
import { tarOf, type Tar } from './tar.ts';
import { upload } from './upload.ts';
import { modelPrefix, signatureDigest, versionName, type ModelVersion } from './version.ts';
import { readVersion } from './versions.ts';

/** The project's model as it would lie in S3. */
export interface Packed {
  readonly tar: Tar;
  readonly sha256: string;
}

/** Packs model/: nothing is written, and the tar is read once. */
export async function packModel({ root, blueprint }: Project): Promise<Packed> {
  const tar = await tarOf(dirname(join(root, blueprint.model.file)));
  const hash = createHash('sha256');
  for await (const piece of tar.read()) hash.update(piece);
  return { tar, sha256: hash.digest('hex') };
}

/** Sees to it that the project's model is in S3: one that is there already is not uploaded again. */
export async function publishModel(
  project: Project,
  target: Target,
  aws: Aws,
  account: string,
  io: Io,
): Promise<{ readonly version: ModelVersion; readonly isNew: boolean }> {
  const { model } = project.blueprint;
  const client = s3(aws, io);
  const { tar, sha256 } = await packModel(project);
  const bucket = await ensureBucket(aws, client, project, target, account, io);
  const key = `${modelPrefix(target)}${sha256}.tar`;
  const place = { Bucket: bucket, Key: key, ExpectedBucketOwner: account };
  const signature = signatureDigest(model);
  const known = await readVersion(aws, client, place);
  const what = `the model (${megabytes(tar.size)})`;
  if (known?.bytes === tar.size && known.signature === signature) {
    io.stderr.write(`In S3 already: ${what} ${known.name} s3://${bucket}/${key}\n`);
    return { version: known, isNew: false };
  }
  const name = versionName(model.version, sha256);
  io.stderr.write(`Uploading ${what} ${name} s3://${bucket}/${key}\n`);
  const id = await upload(aws, client, place, { sha256, name, signature }, tar);
  const uploaded = new Date().toISOString();
  return { version: { name, sha256, bucket, key, id, bytes: tar.size, uploaded, signature }, isNew: true };
}
