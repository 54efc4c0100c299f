/** Lambda's limits, as its documentation gives them. */
export const LIMITS = {
  /** Bytes of a request or an answer of a synchronous invocation. */
  payload: 6_291_556,
  /** ms that a first start may take before it is done again under the function's timeout. */
  init: 10_000,
} as const;

export const MEGABYTE = 1_048_576;
