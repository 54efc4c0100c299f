import { readFileSync } from 'node:fs';
import { ToolError } from '../../generator/errors.ts';
import type { Place } from '../events/places.ts';
import { contentTypeOf } from '../fixture-files.ts';

/** A file, and where it is to lie. */
export type Upload = Place & { readonly file: string };

/** A stand-in asks for some, and takes any. */
const ANY = { accessKeyId: 'local', secretAccessKey: 'local' };

/** To S3, or what stands in for it, with what the shell knows of it. */
export async function upload({ bucket, key, file }: Upload, env: NodeJS.ProcessEnv): Promise<void> {
  // The SDK's advice on Node's version is for us, not for the user.
  process.env['AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED'] ??= 'true';
  const { PutObjectCommand, S3Client } = await import('@aws-sdk/client-s3');
  const isStandIn = Boolean(env['AWS_ENDPOINT_URL'] ?? env['AWS_ENDPOINT_URL_S3']);
  const client = new S3Client({
    region: env['AWS_REGION'] ?? env['AWS_DEFAULT_REGION'] ?? 'us-east-1',
    forcePathStyle: isStandIn,
    followRegionRedirects: true,
    ...(isStandIn && env['AWS_ACCESS_KEY_ID'] === undefined && { credentials: ANY }),
  });
  try {
    await client.send(
      new PutObjectCommand({ Bucket: bucket, Key: key, Body: readFileSync(file), ContentType: contentTypeOf(file) }),
    );
  } catch (cause) {
    throw new ToolError(
      'USAGE',
      {
        what: `The fixture can't be put into s3://${bucket}/${key}: ${(cause as Error).name}.`,
        where: '--bucket',
        expected: 'a bucket that is there, and that you may write to',
      },
      { cause },
    );
  } finally {
    client.destroy();
  }
}
