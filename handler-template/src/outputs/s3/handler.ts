import type * as S3 from '@aws-sdk/client-s3';
import { stringify } from '../../exact.ts';
import { fromLayer } from '../../layer.ts';
import type { Answer } from '../../task-types.ts';
import { CLIENT, sent } from '../common/aws.ts';
import type { Output } from '../output.ts';
import { keyOf } from './key.ts';
import { readable } from './readable.ts';

/** An object per answer, named after the input: the same request writes the same object again. S3 has all of it or nothing. */
export function toS3(env: NodeJS.ProcessEnv): Output {
  const { OUTPUT_BUCKET: Bucket = '', OUTPUT_PREFIX: prefix = '', OUTPUT_FORMAT: format } = env;
  const { PutObjectCommand, S3Client } = fromLayer('@aws-sdk/client-s3') as typeof S3;
  const client = new S3Client({
    ...CLIENT,
    // An endpoint of one's own has no name for each bucket.
    forcePathStyle: Boolean(env['AWS_ENDPOINT_URL'] ?? env['AWS_ENDPOINT_URL_S3']),
  });
  return {
    prepare({ origin, answer }) {
      const { ending, ...object } = contentOf(answer, format);
      const command = new PutObjectCommand({ Bucket, Key: keyOf(prefix, origin.name, ending), ...object });
      return async () => {
        await sent('s3', (options) => client.send(command, options));
      };
    },
    holds: ({ bucket, key }) => bucket === Bucket && key.startsWith(prefix),
  };
}

interface Content {
  readonly Body: string | Uint8Array;
  readonly ContentType: string;
  readonly ending: string;
}

function contentOf(answer: Answer, format: string | undefined): Content {
  if (answer.kind === 'bytes') {
    const { bytes, contentType } = answer;
    return { Body: bytes, ContentType: contentType, ending: endingOf(contentType) };
  }
  return format === 'text'
    ? { Body: readable(answer.body), ContentType: 'text/plain; charset=utf-8', ending: 'txt' }
    : { Body: stringify(answer.body), ContentType: 'application/json', ending: 'json' };
}

/** `png` of image/png, `jpg` of image/jpeg. */
const endingOf = (contentType: string): string => contentType.replace(/^.*\/|;.*$/g, '').replace('jpeg', 'jpg');

export const s3Output = toS3(process.env);
