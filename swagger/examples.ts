import type { Blueprint } from '../generator/blueprint.ts';

/** The smallest PNG there is: one gray pixel. */
const PIXEL = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNoAAAAggCBd81ytgAAAABJRU5ErkJggg==';

/** A request that every service of this blueprint answers with 200. */
export const predictRequestExample = { image: PIXEL, top: 1 } as const;

/** Answers as documentation shows them: the shape is real, the class and its probability are made up. */
export function answerExamples({ model }: Blueprint): { predict: object; health: object } {
  const { name, version } = model;
  return {
    predict: { predictions: [{ className: 'seven', probability: 0.98 }], model: { name, version } },
    health: { status: 'ok', model: { name, version } },
  };
}
