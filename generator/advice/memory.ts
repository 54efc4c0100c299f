import { megabytes } from '../megabytes.ts';
import { LIMITS } from '../template/limits.ts';

const MB = 1_048_576;

/** What one processor comes with. */
export const ONE_CPU = 1769;

/** What the function needs besides: the handler, and a request and an answer of 6 MB with what is made of them. */
const HANDLER = 128 * MB;

/** For a picture of 24 megapixels while it is decoded and scaled: `npm run bench -- pictures`. */
const PICTURE = 300 * MB;

/** The trial run is one request on inputs of the smallest size: real ones are larger, and memory that is free again is not at once given back. */
const MORE = 1.25;

/** Without a run: the weights in the file's form and in the runtime's, and the runtime itself. */
const UNRUN = { weights: 2, runtime: 128 * MB };

/** How much memory to give to the function, in MB. */
export interface MemoryAdvice {
  /** What is there to be kept: less, and it may be ended in the middle of a request. */
  readonly atLeast: number;
  /** `atLeast`, and no less than one processor comes with. */
  readonly recommended: number;
  readonly why: string;
}

export interface MemoryFacts {
  /** Bytes of the model with its weights. */
  readonly model: number;
  /** Of the trial run's process, in bytes; undefined where the model was not run. */
  readonly peak: number | undefined;
  /** Whether pictures come in. */
  readonly pictures: boolean;
}

export function memoryAdvice({ model, peak, pictures }: MemoryFacts): MemoryAdvice {
  const needed = peak === undefined ? UNRUN.weights * model + UNRUN.runtime : MORE * peak;
  const atLeast = Math.ceil((needed + HANDLER + (pictures ? PICTURE : 0)) / (64 * MB)) * 64;
  const recommended = Math.max(ONE_CPU, atLeast);
  const because = peak === undefined ? `the model has ${megabytes(model)} and was not run` : `the trial run took ${megabytes(peak)}`;
  const cpu = recommended === ONE_CPU ? `; ${ONE_CPU} MB is one processor` : '';
  const most = LIMITS.memory.max;
  const over = atLeast > most ? `; Lambda has ${most} MB at most, so it may not run there` : '';
  return { atLeast, recommended: Math.min(recommended, most), why: `${because}${cpu}${over}` };
} // prettier-ignore
