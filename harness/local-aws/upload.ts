import { readFileSync } from 'node:fs';
import type { Place } from '../events/places.ts';
import { contentTypeOf } from '../fixture-files.ts';

/** A file, and where it is to lie. */
export type Upload = Place & { readonly file: string };

/** To S3, or what stands in for it, with what the shell knows of it. */
export async function upload({ bucket, key, file }: Upload, env: NodeJS.ProcessEnv): Promise<void> {
  const { PutObjectCommand, S3Client } = await import('@aws-sdk/client-s3');
  const client = new S3Client({ forcePathStyle: Boolean(env['AWS_ENDPOINT_URL'] ?? env['AWS_ENDPOINT_URL_S3']) });
  try {
    await client.send(
      new PutObjectCommand({ Bucket: bucket, Key: key, Body: readFileSync(file), ContentType: contentTypeOf(file) }),
    );
  } finally {
    client.destroy();
  }
}
