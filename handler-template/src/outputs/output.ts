import type { Answer } from '../task-types.ts';

/** Which request an answer is for. */
export interface Origin {
  /** The same for the same request, however often it is delivered: what makes an output idempotent. */
  readonly id: string;
  /** What it is called where answers have names: the key of an object, the id of a message. */
  readonly name: string;
  /** Kind of trigger that it came by; `direct` where the function was invoked itself. */
  readonly trigger: string;
  /** What its answer has to stay in order with, where an output keeps an order; by default what has the same name. */
  readonly group?: string;
  /** How many functions with outputs it has been through; see hops.ts. */
  readonly hops?: number;
}

export interface Result {
  readonly origin: Origin;
  readonly answer: Answer;
}

/** An object in S3. */
export interface Place {
  readonly bucket: string;
  readonly key: string;
}

/** Sends what was prepared: all of it or nothing. @throws ServiceError OUTPUT_FAILED, OUTPUT_UNAVAILABLE */
export type Send = () => Promise<void>;

/** A way out. */
export interface Output {
  /** Nothing is sent before every output has found that it can be. @throws ServiceError OUTPUT_TOO_LARGE */
  readonly prepare: (result: Result) => Send;
  /** Whether an object is one of its own: a trigger that sees it again leaves it. */
  readonly holds?: (place: Place) => boolean;
}
