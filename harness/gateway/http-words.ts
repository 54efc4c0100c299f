import { jsonResponse, type GatewayResponse } from './http.ts';

/** What an HTTP API and a function URL answer by themselves. */
export interface Words {
  /** Header with the request's id. */
  readonly idHeader: string;
  /** Bytes of a request's body that are taken. */
  readonly bodyLimit: number;
  readonly notFound: GatewayResponse;
  readonly forbidden: GatewayResponse;
  readonly tooLarge: GatewayResponse;
  readonly throttled: GatewayResponse;
  /** The function failed, or its answer can't be passed on. */
  readonly failed: GatewayResponse;
  readonly tooLate: GatewayResponse;
}

const message = (status: number, text: string): GatewayResponse => jsonResponse(status, { message: text });
/** Lambda's own errors spell it so. */
const Message = (status: number, text: string): GatewayResponse => jsonResponse(status, { Message: text });

export const HTTP_API_WORDS: Words = {
  idHeader: 'apigw-requestid',
  bodyLimit: 10_485_760,
  notFound: message(404, 'Not Found'),
  forbidden: message(403, 'Forbidden'),
  tooLarge: message(413, 'Request Entity Too Large'),
  throttled: message(429, 'Too Many Requests'),
  failed: message(500, 'Internal Server Error'),
  tooLate: message(503, 'Service Unavailable'),
};

const failed: GatewayResponse = {
  status: 502,
  headers: [['Content-Type', 'application/json']],
  body: Buffer.from('Internal Server Error'),
};

export const URL_WORDS: Words = {
  idHeader: 'x-amzn-requestid',
  bodyLimit: 6_291_456,
  notFound: Message(404, 'Not Found'),
  forbidden: Message(403, 'Forbidden'),
  tooLarge: Message(413, 'Request must be smaller than 6291456 bytes for the InvokeFunction operation'),
  throttled: Message(429, 'Rate Exceeded.'),
  failed,
  tooLate: failed,
};
