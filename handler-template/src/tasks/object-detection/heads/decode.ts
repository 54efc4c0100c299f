import { ServiceError } from '../../../errors.ts';
import type { Size } from '../../../pictures/geometry.ts';
import type { Results } from '../../../tensors.ts';
import type { Candidate } from '../suppression.ts';
import type { Corners } from '../boxes.ts';

/** What there is to know when outputs are decoded. */
export interface Decoding {
  readonly results: Results;
  /** Of the model's input. */
  readonly canvas: Size;
  readonly classes: number | undefined;
  /** Boxes must score more than this. */
  readonly scoreThreshold: number;
}

/** Numbers with their shape. */
export interface Numbers {
  readonly data: ArrayLike<number>;
  readonly dims: readonly number[];
}

/** One head: from outputs to boxes on the model's canvas, not suppressed. */
export interface Decoder<Head> {
  outputs(head: Head): readonly string[];
  decode(head: Head, decoding: Decoding): Candidate[];
}

/**
 * The numbers of an output.
 *
 * @throws ServiceError RESULT_UNEXPECTED where it has none, or not as many dims
 */
export function numbersOf({ results }: Pick<Decoding, 'results'>, output: string, leastRank: number): Numbers {
  const result = results.get(output);
  if (!result || result.type === 'string' || result.dims.length < leastRank) throw unexpected();
  const { data, dims } = result;
  return {
    dims,
    data: data instanceof BigInt64Array || data instanceof BigUint64Array ? Array.from(data, Number) : data,
  };
}

export function unexpected(): ServiceError {
  return new ServiceError('RESULT_UNEXPECTED', 'The model answered with another kind of result than it was built for.');
}

/** A candidate, where it scores enough. @throws ServiceError RESULT_NOT_FINITE: JSON knows neither NaN nor infinity */
export function candidate(
  classId: number,
  score: number,
  { scoreThreshold }: Decoding,
  corners: () => Corners,
): Candidate[] {
  if (score <= scoreThreshold) return [];
  const one = { classId, score, corners: corners() };
  if (Number.isFinite(score) && one.corners.every(Number.isFinite)) return [one];
  throw new ServiceError('RESULT_NOT_FINITE', 'The model answered with a number that is not finite.');
}
