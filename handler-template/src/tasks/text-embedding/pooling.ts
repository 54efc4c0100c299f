/** How the vectors of a text's tokens become one. */
export type Pooling = 'none' | keyof typeof POOL;

/** Rows of `width` numbers, one a token, padding left out. */
interface Tokens {
  readonly data: ArrayLike<number>;
  readonly from: number;
  readonly count: number;
  readonly width: number;
}

type Pool = (tokens: Tokens) => Float64Array;

/** As sentence-transformers has them. */
const POOL = {
  mean: weighted(
    () => 1,
    (sum) => sum,
  ),
  'weighted-mean': weighted(
    (i) => i + 1,
    (sum) => sum,
  ),
  'sqrt-mean': weighted(() => 1, Math.sqrt),
  max: (tokens) => {
    const most = new Float64Array(tokens.width).fill(-Infinity);
    each(tokens, (value, _, j) => (most[j] = Math.max(most[j]!, value)));
    return most;
  },
  cls: (tokens) => row(tokens, 0),
  last: (tokens) => row(tokens, tokens.count - 1),
} satisfies Record<string, Pool>;

/**
 * One vector of the vectors of a text's tokens.
 *
 * @param pooling not `none`: then there is only one vector
 */
export function pool(pooling: Pooling, tokens: Tokens): Float64Array {
  return pooling === 'none'
    ? row(tokens, 0)
    : tokens.count === 0
      ? new Float64Array(tokens.width)
      : POOL[pooling](tokens);
}

/** The vector at length 1, so that the cosine of two is the sum of their products; a vector of zeros stays one. */
export function normalised(vector: Float64Array): Float64Array {
  const length = Math.sqrt(vector.reduce((sum, x) => sum + x * x, 0));
  return length > 0 ? vector.map((x) => x / length) : vector;
}

function weighted(weight: (i: number) => number, divisor: (sum: number) => number): Pool {
  return (tokens) => {
    const mean = new Float64Array(tokens.width);
    each(tokens, (value, i, j) => (mean[j]! += weight(i) * value));
    let sum = 0;
    for (let i = 0; i < tokens.count; i++) sum += weight(i);
    return mean.map((x) => x / divisor(sum));
  };
}

function row({ data, from, width }: Tokens, i: number): Float64Array {
  return Float64Array.from({ length: width }, (_, j) => data[from + i * width + j]!);
}

function each({ data, from, count, width }: Tokens, visit: (value: number, i: number, j: number) => void): void {
  for (let i = 0; i < count; i++) for (let j = 0; j < width; j++) visit(data[from + i * width + j]!, i, j);
}
