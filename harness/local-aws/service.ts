import type { IncomingHttpHeaders } from 'node:http';

/** What a client of AWS's SDK sent. */
export interface AwsRequest {
  readonly method: string;
  /** Without the query, decoded. */
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

export interface AwsAnswer {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array;
}

/** Something that the function wrote. */
export interface Written {
  /** Kind of output that it came by, as in onnx-lambda.yaml. */
  readonly to: 's3' | 'sqs' | 'dynamodb' | 'eventbridge' | 'lambda';
  /** Which bucket, queue, table, bus or function. */
  readonly name: string;
  /** What it is called there: an object's key, a message's id. */
  readonly key: string;
  readonly content: Uint8Array | string;
}

/** What is kept, and who is told of it. */
export interface Store {
  readonly objects: Map<string, { readonly bytes: Uint8Array; readonly contentType: string }>;
  readonly wrote: (written: Written) => void;
}

/** One service of AWS, as much of it as functions of ours call. */
export interface AwsService {
  readonly takes: (request: AwsRequest) => boolean;
  readonly answer: (request: AwsRequest, store: Store) => AwsAnswer;
}

/** An error as the services that speak JSON have it. */
export const refuse = (status: number, type: string, message: string): AwsAnswer => ({
  status,
  headers: { 'content-type': 'application/x-amz-json-1.0', 'x-amzn-errortype': type },
  body: JSON.stringify({ __type: type, message }),
});
