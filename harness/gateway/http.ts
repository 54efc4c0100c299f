/** Headers in the order and the case in which they came; a name may occur more than once. */
export type Headers = readonly (readonly [name: string, value: string])[];

/** One HTTP request with its whole body: all that the gateway needs to know of it. */
export interface GatewayRequest {
  readonly method: string;
  /** Path and query as they came, e.g. `/predict?top=3`. */
  readonly target: string;
  readonly headers: Headers;
  readonly body: Buffer;
  readonly sourceIp: string;
  /** `HTTP/1.1` */
  readonly protocol: string;
}

export interface GatewayResponse {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Buffer;
}

/** All values of a header, in order. */
export const valuesOf = (headers: Headers, name: string): string[] =>
  headers.filter(([key]) => key.toLowerCase() === name).map(([, value]) => value);

/** The last value of a header: what the single-value maps of a proxy event hold. */
export const lastOf = (headers: Headers, name: string): string | undefined => valuesOf(headers, name).at(-1);

/** A media type without its parameters, in lower case. */
export const mediaType = (value: string): string => (value.split(';')[0] ?? '').trim().toLowerCase();

/** Text as the body of an answer. */
export const jsonResponse = (status: number, body: unknown, headers: Headers = []): GatewayResponse => ({
  status,
  headers: [['Content-Type', 'application/json'], ...headers],
  body: Buffer.from(typeof body === 'string' ? body : JSON.stringify(body)),
});
