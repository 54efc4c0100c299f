/** An object as S3 lists it, a row of a CSV file, or a request: a line of JSON. */
export type Item = Readonly<Record<string, unknown>>;

/** What the state machine invokes the function with. */
export interface BatchEvent {
  readonly BatchInput: {
    /** What the items are. */
    readonly format: 'objects' | 'csv' | 'jsonl';
    /** Key of the manifest that they stand in; empty where they are objects. */
    readonly manifest: string;
    /** Name of the execution. */
    readonly run: string;
    /** Whether an item that fails fails its batch. */
    readonly strict: boolean;
  };
  readonly Items: readonly {
    /** In the manifest, or in the list of objects, from 0. */
    readonly Index: number;
    readonly Item: Item;
  }[];
  /** How often this batch was invoked before, and how often it is invoked again at most; 0 where nothing is said. */
  readonly Attempt?: number;
  readonly Retries?: number;
}

/** What became of an item: a line of the results. */
export type ItemResult = { readonly item: string } & (
  | { readonly ok: true; readonly answer: object }
  /** For which there is no room here: the project's outputs have it. */
  | { readonly ok: true; readonly delivered: true }
  /** That is no request: a folder. */
  | { readonly ok: true; readonly skipped: true }
  | { readonly ok: false; readonly error: { readonly code: string; readonly message: string } }
);
