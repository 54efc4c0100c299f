import type { Operation } from '../../swagger/operation.ts';
import type { Blueprint } from '../blueprint.ts';
import type { Sample } from '../render/fixtures.ts';
import { urlExample } from './example.ts';

/** Markdown on URLs in requests; empty where the project takes none. @param predict POST /predict as clients have it */
export function inputsReadme(blueprint: Blueprint, predict: Operation | undefined, sample: Sample): string {
  const example = urlExample(blueprint, predict, sample);
  if (!example) return '';
  const { https, s3 } = blueprint.inputs;
  const words = [
    `JSON may say where its data is, instead of carrying it:

    ${JSON.stringify(example)}`,
    ...(https
      ? [
          `\`https://\` is fetched from the public internet alone: no address of a private network or of this machine, whatever its name resolves to and wherever
it redirects (3 times at most), no other port than 443, nothing compressed. 400 \`URL_REFUSED\` is such a URL, 422 \`DOWNLOAD_FAILED\` one that is not there,
502 \`DOWNLOAD_BROKEN\` and 504 \`DOWNLOAD_TIMEOUT\` may pass. The function has no network of yours to reach, and needs no permission for it.`,
        ]
      : []),
    ...(s3.length > 0
      ? [
          `\`s3://BUCKET/KEY\` is read in ${s3.map((place) => `\`${place}\``).join(', ')} and nowhere else (400 \`URL_REFUSED\`): that is what the function's role may read. A prefix is the
beginning of a key, as it stands there; end it with a slash to name a folder. A key is taken as it is written, not decoded. 422 \`DOWNLOAD_FAILED\` is an object that is not
there, 503 \`STORE_UNAVAILABLE\` S3 that fails. Objects under a KMS key of your own also need \`kms:Decrypt\`, which the role has not.`,
        ]
      : []),
    'What is fetched has at most 20 MB as a picture and 6 MB as JSON (413 `DOWNLOAD_TOO_LARGE`), and half of the time that the function has left, 10 seconds at most.',
  ];
  return `${words.join('\n\n')}\n\n`;
}
