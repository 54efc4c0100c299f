/** What a task takes, as far as it matters to who fetches it. */
export interface Taker {
  readonly example: string;
  readonly parse?: (text: string) => unknown;
  /** There where requests may be bytes. */
  readonly fromBytes?: unknown;
}

/** Requests that name their data instead of carrying it. */
export interface Inputs {
  /**
   * The request as if it had carried its data.
   *
   * @param check of a request; throws
   * @returns undefined where it does
   * @throws ServiceError URL_REFUSED, DOWNLOAD_…, STORE_UNAVAILABLE, and what `check` says of what was fetched
   */
  readonly carried: (request: object, taker: Taker, check: (value: unknown) => void) => Promise<unknown> | undefined;
}
