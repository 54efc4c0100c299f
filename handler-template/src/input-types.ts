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
   * @param read checks JSON of a client, and gives it as the task takes it
   * @returns undefined where it does
   * @throws ServiceError URL_REFUSED, DOWNLOAD_…, STORE_UNAVAILABLE, and what `read` says of what was fetched
   */
  readonly carried: (request: object, taker: Taker, read: (value: unknown) => object) => Promise<object> | undefined;
}
