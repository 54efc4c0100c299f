import type { Model } from '../spec.ts';
import type { Feeds } from '../tensors.ts';

/** What is told of a text beside the model's answer. */
export interface Reading {
  /** How many tokens the model read, special ones included; undefined where it splits texts itself. */
  readonly tokens?: number;
  /** Whether the text had more. */
  readonly truncated?: boolean;
}

/** Texts as the model's inputs. */
export interface Batch {
  readonly feeds: Feeds;
  /** One a text; the model may have been given more rows. */
  readonly readings: readonly Reading[];
}

export interface Reader {
  /** What a text may not contain. */
  readonly unfit: RegExp;
  read(texts: readonly string[]): Batch;
}

/** Makes the reader of a model; which one is up to the kind of its input. */
export type MakeReader<Input> = (input: Input, model: Model) => Reader;
