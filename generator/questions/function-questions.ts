import { BUCKET_NAME } from '../bucket-name.ts';
import type { Context } from './context.ts';
import { choice, never, number, text } from './kinds.ts';
import type { Questions } from './question.ts';

/** Why the model can't lie in a layer. */
export const tooLarge = ({ hints, answers }: Context): string | undefined =>
  hints?.tooLarge[answers.architecture ?? 'arm64'];

/** Why the model can't be packaged with the function; an image has room for it. */
const noLayer = (context: Context): string | undefined =>
  context.answers.package === 'image' ? undefined : tooLarge(context);

/** The function's size and limits, and its model's way to it. */
export const functionQuestions = {
  memory: number({
    flag: '--memory <megabytes>',
    message: 'Memory of the function in MB; 1769 MB is one processor',
    min: 128,
    max: 10_240,
    example: 1769,
    fallback: ({ hints }) => hints?.memory ?? 1769,
  }),
  timeout: number({
    flag: '--timeout <seconds>',
    message: 'Timeout of the function in seconds; a REST API waits 29, an HTTP API 30',
    min: 1,
    max: 900,
    example: 29,
    asked: never,
    fallback: () => 29,
  }),
  architecture: choice({
    flag: '--architecture <name>',
    message: 'Processor',
    choices: { arm64: 'Graviton, a fifth cheaper', x86_64: 'Intel and AMD' },
    fallback: () => 'arm64',
  }),
  modelSource: choice({
    flag: '--model-source <where>',
    message: 'Where the function gets its model from',
    choices: {
      s3: 'a versioned object in S3, fetched when the function starts: up to 10 GB, slower starts',
      layer: 'a layer of the function, or its image: the fastest start',
      https: 'the https address that --model is, whenever the function starts: nothing of it is uploaded',
    },
    asked: (context) => noLayer(context) !== undefined,
    fallback: (context) => (noLayer(context) === undefined ? 'layer' : 's3'),
    fits: (value, context) => {
      if (value === 'https' && context.answers.package === 'image') return 'layer: an image has room for it';
      const why = value === 'layer' ? noLayer(context) : undefined;
      return why && `s3: ${why}`;
    },
  }),
  modelBucket: text({
    flag: '--model-bucket <bucket>',
    message: "Bucket of the models: shared (the tool's), stack (one for each stage), or the name of one that is there",
    asked: ({ answers }) => answers.modelSource === 's3',
    fallback: () => 'shared',
    expectation: (name, { answers: { modelSource } }) =>
      modelSource === undefined || modelSource === 's3' || name === 'shared'
        ? BUCKET_NAME.test(name)
          ? undefined
          : 'shared, stack or the name of a bucket'
        : '--model-source s3 with it',
  }),
  megapixels: number({
    flag: '--megapixels <millions>',
    message: 'Largest picture that is accepted, in millions of pixels',
    min: 0.01,
    max: 200,
    whole: false,
    example: 24,
    asked: never,
    fallback: () => 24,
  }),
} satisfies Partial<Questions>;
