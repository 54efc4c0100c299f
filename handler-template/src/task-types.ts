import type { Feeds, Results } from './tensors.ts';

/** What a client gets: JSON, or bytes that are an answer of their own, such as a picture. */
export type Answer =
  | { readonly kind: 'json'; readonly body: object }
  | {
      readonly kind: 'bytes';
      readonly contentType: string;
      readonly bytes: Uint8Array;
      /** What it is called in the JSON of a direct invoke, which holds it as base64. */
      readonly name: string;
    };

/**
 * What is asked of a model: from a request to tensors, and from tensors to an answer.
 *
 * @typeParam Request JSON that matched the API's schema
 * @typeParam Wish what a client wants, however it was sent
 */
export interface Task<Request = never, Wish = unknown> {
  /** A request as JSON, for those who sent something else. */
  readonly example: string;
  /** Content types whose bytes are a request of their own; JSON is always taken. */
  readonly contentTypes: readonly string[];
  /** What makes a value of JSON text; JSON.parse where nothing is said. */
  readonly parse?: (text: string) => unknown;
  /** @param accept content types that the client takes, as its Accept header has them; JSON where it invokes directly */
  fromBytes?(bytes: Buffer, contentType: string, accept?: string): Wish;
  /** A promise where data has to be fetched. */
  fromJson(request: Request, accept?: string): Promise<Wish> | Wish;
  toFeeds(wish: Wish): Promise<Feeds> | Feeds;
  /** Names of the outputs that are to be computed. */
  outputs(wish: Wish): readonly string[];
  /** What an error of the model's run is to the client; without this it is ours. */
  runFailed?(error: unknown, wish: Wish): unknown;
  toAnswer(results: Results, wish: Wish): Promise<Answer> | Answer;
}

/** A project's task, whichever it is. */
export type AnyTask = Task;
