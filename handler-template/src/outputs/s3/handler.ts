import type * as S3 from '@aws-sdk/client-s3';
import { stringify } from '../../exact.ts';
import { fromLayer } from '../../layer.ts';
import type { Output } from '../output.ts';

const { OUTPUT_BUCKET: Bucket, OUTPUT_PREFIX: prefix = '' } = process.env;
const { PutObjectCommand, S3Client } = fromLayer('@aws-sdk/client-s3') as typeof S3;
const client = new S3Client({
  forcePathStyle: Boolean(process.env['AWS_ENDPOINT_URL'] ?? process.env['AWS_ENDPOINT_URL_S3']),
});

/** An object per answer, named after the input: the same request writes the same object again. S3 has all of it or nothing. */
export const s3Output: Output = {
  async deliver({ origin, answer }) {
    const content =
      answer.kind === 'json'
        ? { Body: stringify(answer.body), ContentType: 'application/json', ending: 'json' }
        : { Body: answer.bytes, ContentType: answer.contentType, ending: answer.contentType.replace(/^.*\//, '') };
    const { ending, ...object } = content;
    await client.send(new PutObjectCommand({ Bucket, Key: `${prefix}${origin.name}.${ending}`, ...object }));
  },
};
