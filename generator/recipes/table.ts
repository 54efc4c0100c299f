import type { Given } from '../questions/collect.ts';

/** A kind of deployment that people know: answers to questions, as flags would give them, and nothing else. */
export interface Recipe {
  /** What it is, for people. */
  readonly title: string;
  /** What it did, what ours does, how to migrate. */
  readonly page: string;
  /** Flags of the command line win over these. */
  readonly answers: Given;
}

/** By name; each has an end-to-end test in test/recipes/. */
export const RECIPES: Readonly<Record<string, Recipe>> = {
  'mxnet-classic': {
    title: 'one function behind an API, a bucket, a Kinesis stream and a DynamoDB table; answers in a bucket',
    page: 'docs/recipes/mxnet-classic.md',
    answers: { triggers: 'rest-api,s3,kinesis,dynamodb', outputs: 's3' },
  },
  toolkit: {
    title: 'a service whose models lie in a bucket of their own and are pushed as versions',
    page: 'docs/recipes/toolkit.md',
    answers: { modelSource: 's3', modelBucket: 'stack' },
  },
  djl: {
    title: 'a picture or its URL, asked as of Deep Java Library: {"inputImageUrl"} → [{"className", "probability"}, …]',
    page: 'docs/recipes/djl.md',
    answers: { inputs: 'https', dialect: 'djl' },
  },
  'model-as-a-service': {
    title: 'pictures into one bucket, predictions as text out of another, a versioned model in a third; kept warm',
    page: 'docs/recipes/model-as-a-service.md',
    answers: {
      triggers: 's3,schedule',
      outputs: 's3=*.txt',
      package: 'image',
      timeout: '60',
      modelSource: 's3',
      modelBucket: 'stack',
    },
  },
  'container-images': {
    title: 'a container image behind an API: {"input_url", "n_predictions"} → [[label, percent], …]',
    page: 'docs/recipes/container-images.md',
    answers: { inputs: 'https', package: 'image', dialect: 'pairs' },
  },
  'container-images-tabular': {
    title: 'a container image behind an API: {"input_X": [numbers]} → {"message", "prediction"}',
    page: 'docs/recipes/container-images.md',
    answers: { package: 'image', dialect: 'message' },
  },
};
