import type { Given } from '../questions/collect.ts';

/** A kind of deployment that people know: answers to questions, as flags would give them, and nothing else. */
export interface Recipe {
  /** What it is, for people. */
  readonly title: string;
  /** Flags of the command line win over these. */
  readonly answers: Given;
}

/** By name; each has a page in docs/recipes/ and an end-to-end test in test/recipes/. */
export const RECIPES: Readonly<Record<string, Recipe>> = {
  toolkit: {
    title: 'a service whose models lie in a bucket of their own and are pushed as versions',
    answers: { modelSource: 's3', modelBucket: 'stack' },
  },
  djl: {
    title: 'a picture or its URL, asked as of Deep Java Library: {"inputImageUrl"} → [{"className", "probability"}, …]',
    answers: { inputs: 'https', dialect: 'djl' },
  },
};
