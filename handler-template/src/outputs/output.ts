import type { Answer } from '../task-types.ts';

/** Which request an answer is for. */
export interface Origin {
  /** The same for the same request, however often it is delivered: what makes an output idempotent. */
  readonly id: string;
  /** What it is called where answers have names: the key of an object, the id of a message. */
  readonly name: string;
  /** Kind of trigger that it came by; `direct` where the function was invoked itself. */
  readonly trigger: string;
}

export interface Result {
  readonly origin: Origin;
  readonly answer: Answer;
}

/** A way out. */
export interface Output {
  /** All of it or nothing: what is thrown fails the request, which its trigger then reports. */
  readonly deliver: (result: Result) => Promise<void>;
}
