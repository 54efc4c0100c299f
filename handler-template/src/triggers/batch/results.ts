import { ServiceError } from '../../errors.ts';
import { outputs } from '../../outputs.ts';
import type { ItemResult } from './event.ts';

/** A state's result has 262,144 bytes in Step Functions; what is around the results is in the rest. */
const ROOM = 250_000;

/** What is said where there is no room for an answer. */
export function resultFailed(item: string, error: unknown): ItemResult {
  const { code, message } =
    error instanceof ServiceError ? error : { code: 'INTERNAL', message: 'Internal server error' };
  return { item, ok: false, error: { code, message } };
}

const sizeOf = (result: ItemResult): number => Buffer.byteLength(JSON.stringify(result)) + 1;

/** Keeps a batch's results within what a state may answer: an answer that has no room is in the project's outputs, or else it is lost and said to be. */
export class Results {
  readonly #results: ItemResult[] = [];
  #room: number;

  /** @param items how many there are: for each there is room to say what became of it */
  constructor(items: number, room = ROOM) {
    this.#room = room - items * SHORTEST;
  }

  add(result: ItemResult): void {
    const size = sizeOf(result) - SHORTEST;
    const fits = size <= this.#room;
    if (fits) this.#room -= Math.max(0, size);
    this.#results.push(fits ? result : withoutAnswer(result));
  }

  get all(): readonly ItemResult[] {
    return this.#results;
  }
}

/** Bytes that are kept for each item: a key has 1024, most are shorter. */
const SHORTEST = 200;

function withoutAnswer(result: ItemResult): ItemResult {
  const { item, ok } = result;
  if (!ok) return { item, ok, error: { code: result.error.code, message: result.error.message.slice(0, 50) } };
  if (outputs.length > 0) return { item, ok, delivered: true };
  const message = 'No room for the answer: fewer items a batch, or an output.';
  return resultFailed(item, new ServiceError('RESPONSE_TOO_LARGE', message));
}
