import { z } from 'zod';
import type { OutputModule } from '../../../../generator/outputs/output.ts';
import { bucket } from '../../../../generator/template/bucket.ts';
import { ref, sub } from '../../../../generator/template/cloudformation.ts';
import type { Parts } from '../../../../generator/template/parts.ts';

const settings = z.strictObject({
  kind: z.literal('s3'),
  /** Before each key; empty or ending in a slash. */
  prefix: z.string().default(''),
});
type Settings = z.infer<typeof settings>;

export const s3Output: OutputModule<Settings> = {
  kind: 's3',
  title: "an object in the stack's bucket for answers, named after the input",
  settings,
  parse: (value = '') =>
    /^([\w!.*'()-]+\/)*$/.test(value)
      ? { value: { kind: 's3', prefix: value } }
      : { expected: 's3, or s3=PREFIX/ with a prefix that ends in a slash, e.g. s3=results/' },
  print: ({ prefix }) => prefix || undefined,
  template,
  handler: () => ({
    from: 'outputs/s3/handler.ts',
    name: 's3Output',
    folders: ['outputs/s3'],
    brought: ['@aws-sdk/client-s3'],
  }),
  readme: ({ prefix }) =>
    `Answers are written to the stack's bucket for answers (output \`OutputBucketName\`) as \`${prefix}NAME.json\`, NAME being the input's.`,
};

function template({ prefix }: Settings): Parts {
  return {
    resources: bucket('OutputBucket'),
    policies: {
      'output-s3': [{ Effect: 'Allow', Action: 's3:PutObject', Resource: sub(`\${OutputBucket.Arn}/${prefix}*`) }],
    },
    variables: { OUTPUT_BUCKET: ref('OutputBucket'), OUTPUT_PREFIX: prefix },
    outputs: { OutputBucketName: { Description: 'Bucket that answers are written to', Value: ref('OutputBucket') } },
  };
}
