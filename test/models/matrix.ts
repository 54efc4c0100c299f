import type { ClassifierOptions } from './classifier.ts';

/** A classifier of the matrix, by name. */
export interface Variant {
  readonly name: string;
  readonly options: Required<
    Pick<
      ClassifierOptions,
      'layout' | 'elementType' | 'channels' | 'scores' | 'batch' | 'size' | 'head' | 'seed' | 'classes'
    >
  >;
}

const BATCHES = [1, 'N', 3] as const;
const SIZES = [{ height: 32, width: 32 }, { height: 40, width: 24 }, 'dynamic'] as const;

/** Every layout × element type × channels × kind of scores; batch, size and the output's shape take turns. */
export const MATRIX: readonly Variant[] = (['NCHW', 'NHWC'] as const).flatMap((layout) =>
  (['float32', 'float16', 'uint8'] as const).flatMap((elementType) =>
    ([1, 3] as const).flatMap((channels) =>
      (['logits', 'probabilities'] as const).map((scores): Omit<Variant['options'], 'batch' | 'size' | 'head' | 'seed'> => ({ layout, elementType, channels, scores, classes: 10 })),
    ),
  ),
).map((options, i) => {
  const batch = BATCHES[i % 3] as (typeof BATCHES)[number];
  const size = SIZES[(i + Math.floor(i / 3)) % 3] as (typeof SIZES)[number];
  const head = i % 4 === 1 ? 'NK11' : 'NK';
  const { layout, elementType, channels, scores } = options;
  const name = `${layout}-${elementType}-${channels}-${scores}-${batch}-${size === 'dynamic' ? size : size.height}-${head}`;
  return { name, options: { ...options, batch, size, head, seed: i + 1 } };
}); // prettier-ignore
