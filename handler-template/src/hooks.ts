import type { Answer } from './task-types.ts';
import type { Feeds, Results } from './tensors.ts';

/** A request as it came: parsed JSON that nothing was checked of yet, or the bytes of one of the task's content types. */
export type Incoming =
  | { readonly kind: 'json'; readonly value: unknown }
  | { readonly kind: 'bytes'; readonly contentType: string; readonly bytes: Buffer };

export interface HookContext {
  /** `predict` is the task's own route, `infer` the Open Inference Protocol; a direct invoke is one of the two by its JSON. */
  readonly route: 'predict' | 'infer';
  /** As in the log. */
  readonly requestId: string;
  /** The Accept header, where there is one; a direct invoke takes JSON. */
  readonly accept: string | undefined;
}

/** What passes each point of a request's way. */
export interface Steps {
  /** Before the request is checked and decoded. */
  beforeDecoding: Incoming;
  /** Tensors by input, as the model will get them. */
  beforeInference: Feeds;
  /** Tensors by output, as the model gave them. */
  afterInference: Results;
  /** The whole answer; what is returned instead should still match swagger.yaml. */
  beforeAnswering: Answer;
}

/** Returns the value to go on with; undefined leaves it as it is. */
export type Hook<Value> = (value: Value, context: HookContext) => Changed<Value> | Promise<Changed<Value>>;

// eslint-disable-next-line @typescript-eslint/no-invalid-void-type -- a hook may do without return
type Changed<Value> = Value | undefined | void;

/**
 * What src/customize.ts may do on a request's way: over HTTP and by direct invoke, for the task and for the Open Inference Protocol.
 * A ServiceError that is thrown reaches the client, anything else is a 500 of which only the log knows more.
 */
export type Hooks = { readonly [Step in keyof Steps]?: Hook<Steps[Step]> };
