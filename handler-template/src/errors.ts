/** Every error that a client can meet, with its HTTP status. Clients rely on the code, never on the message. */
export const STATUS = {
  EMPTY_BODY: 400,
  INVALID_JSON: 400,
  INVALID_REQUEST: 400,
  INVALID_BASE64: 400,
  URL_REFUSED: 400,
  NOT_FOUND: 404,
  NOT_ACCEPTABLE: 406,
  PAYLOAD_TOO_LARGE: 413,
  PICTURE_TOO_LARGE: 413,
  RESPONSE_TOO_LARGE: 413,
  DOWNLOAD_TOO_LARGE: 413,
  OUTPUT_TOO_LARGE: 413,
  UNSUPPORTED_CONTENT_TYPE: 415,
  UNSUPPORTED_PICTURE: 415,
  DOWNLOAD_ENCODED: 415,
  INPUT_MISMATCH: 422,
  UNREADABLE_PICTURE: 422,
  DOWNLOAD_FAILED: 422,
  RESULT_NOT_FINITE: 500,
  RESULT_UNEXPECTED: 500,
  DOWNLOAD_BROKEN: 502,
  OUTPUT_FAILED: 502,
  OUTPUT_UNAVAILABLE: 503,
  STORE_UNAVAILABLE: 503,
  DOWNLOAD_TIMEOUT: 504,
  OUT_OF_TIME: 504,
} as const;

export type ErrorCode = keyof typeof STATUS;

/**
 * Something that the client is told. On a direct invoke it is thrown, so Lambda answers `errorType` = the code.
 *
 * @example throw new ServiceError('INVALID_BASE64', 'image is not base64.');
 */
export class ServiceError extends Error {
  readonly code: ErrorCode;

  constructor(code: ErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = code;
    this.code = code;
    // The runtime sends the stack to the caller: it shall not show how this is built.
    this.stack = `${code}: ${message}`;
  }

  get status(): number {
    return STATUS[this.code];
  }
}
