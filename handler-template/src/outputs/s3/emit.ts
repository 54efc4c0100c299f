import { z } from 'zod';
import { mayOnly, OUTPUT_FOLDERS, type OutputModule } from '../../../../generator/outputs/output.ts';
import { bucket, tidiedUp } from '../../../../generator/template/bucket.ts';
import { ref, sub } from '../../../../generator/template/cloudformation.ts';
import type { Parts } from '../../../../generator/template/parts.ts';

const BUCKET = '[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]';
const PREFIX = "(?:[\\w!*'()-][\\w!.*'()-]*/)*";
const ENDINGS = { json: '*.json', text: '*.txt' } as const;

/** Days for which an answer that was written over can be brought back. */
const SECOND_THOUGHTS = 30;

const settings = z.strictObject({
  kind: z.literal('s3'),
  /** One that is there already; without it the stack has its own. */
  bucket: z
    .string()
    .regex(new RegExp(`^${BUCKET}$`))
    .optional(),
  /** Before each key; empty or ending in a slash. */
  prefix: z
    .string()
    .regex(new RegExp(`^${PREFIX}$`))
    .max(512)
    .default(''),
  /** JSON as the API answers it, unless it is to be lines for people; a picture is a picture. */
  format: z.enum(['json', 'text']).optional(),
});
type Settings = z.infer<typeof settings>;

const VALUE = new RegExp(`^(?:s3://(?<bucket>${BUCKET})(?:/|$))?(?<prefix>${PREFIX})(?<ending>\\*\\.(?:json|txt))?$`);

export const s3Output: OutputModule<Settings> = {
  kind: 's3',
  title: "an object in S3, named after the input: in the stack's own bucket, or in one that is there",
  repeatable: true,
  settings,
  parse(value = '') {
    const found = VALUE.exec(value)?.groups;
    const read = settings.safeParse({
      kind: 's3',
      bucket: found?.['bucket'],
      prefix: found?.['prefix'],
      ...(found?.['ending'] === ENDINGS.text && { format: 'text' }),
    });
    return found && read.success ? { value: read.data } : { expected: EXPECTED };
  },
  print: (its) => printed(its) || undefined,
  template,
  handler: () => ({
    from: 'outputs/s3/handler.ts',
    name: 's3Output',
    folders: ['outputs/s3', ...OUTPUT_FOLDERS],
    brought: ['@aws-sdk/client-s3'],
  }),
  readme: ({ bucket: given, prefix, format }) =>
    `Answers are written to ${given === undefined ? "the stack's bucket for answers (output `OutputBucketName`)" : `bucket \`${given}\``} as \`${prefix}NAME.${format === 'text' ? 'txt' : 'json'}\`, NAME being the input's; pictures as pictures.`,
};

const EXPECTED =
  's3, s3=PREFIX/ or s3=s3://BUCKET/PREFIX/ with a prefix that ends in a slash, and *.txt behind it for text, e.g. s3=results/*.txt';

function printed({ bucket: given, prefix, format }: Settings): string {
  return `${given === undefined ? '' : `s3://${given}/`}${prefix}${format === 'text' ? ENDINGS.text : ''}`;
}

function template({ bucket: given, prefix, format }: Settings): Parts {
  const name = given ?? ref('OutputBucket');
  const arn = given === undefined ? '${OutputBucket.Arn}' : `arn:\${AWS::Partition}:s3:::${given}`;
  return {
    ...mayOnly('s3', 's3:PutObject', sub(`${arn}/${prefix}*`)),
    ...(given === undefined && { resources: bucket('OutputBucket', tidiedUp(SECOND_THOUGHTS)) }),
    variables: { OUTPUT_BUCKET: name, OUTPUT_PREFIX: prefix, ...(format && { OUTPUT_FORMAT: format }) },
    outputs: { OutputBucketName: { Description: 'Bucket that answers are written to', Value: name } },
  };
}
