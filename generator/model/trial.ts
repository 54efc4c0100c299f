import type { Content } from './child/feeds.ts';

export interface Range {
  readonly min: number;
  readonly max: number;
}

/** What one output held in the trial runs. */
export interface TrialOutput {
  /** Of the first run. */
  readonly dims: readonly number[];
  /** Places in `dims` whose size was another one in another run: it goes by the values, not by the shapes. */
  readonly varies: readonly number[];
  /** True where every row of every run that did not overflow is ≥ 0 and sums to 1. */
  readonly sumsToOne: boolean;
  /** Smallest and largest value of those runs; null where there is none. */
  readonly range: Range | null;
  /** The same for each run; null for one that overflowed or has no numbers. */
  readonly ranges: readonly (Range | null)[];
}

/** What really loading and running the model showed. Serialisable as JSON. */
export interface Trial {
  readonly loadMs: number;
  /** Of the last of the runs, when the runtime is warm. */
  readonly runMs: number;
  /** Most memory that the process had which loaded and ran the model. */
  readonly peakBytes: number;
  /** False where the model loads, but nothing made up suits it: then `inputs` and `outputs` are empty. */
  readonly ran: boolean;
  /** What the runtime said of the best guess where nothing ran; else empty. */
  readonly reason: string;
  /** The shape that each input was given: symbolic dims have a number here that works. */
  readonly inputs: Readonly<Record<string, readonly number[]>>;
  /** What the elements of inputs had to be, by name, where that is more than what a run says. */
  readonly contents: Readonly<Record<string, Content>>;
  readonly outputs: Readonly<Record<string, TrialOutput>>;
}

/**
 * What the numbers of an output look like; `shapes` and `runs` hold one array a run. A run that overflowed says nothing: the made-up numbers
 * are larger than some models are used to.
 */
export function summarise(shapes: readonly (readonly number[])[], runs: readonly (readonly number[])[]): TrialOutput {
  const [dims = []] = shapes;
  const varies = dims.flatMap((dim, i) => (shapes.some((other) => other[i] !== dim) ? [i] : []));
  const sound = runs.filter(isSound);
  const ranges = runs.map((run) => (isSound(run) ? rangeOf(run) : null));
  if (sound.length === 0) return { dims, varies, sumsToOne: false, range: null, ranges };
  const { min, max } = rangeOf(sound.flat());
  const width = (dims.length > 1 ? dims.slice(1) : dims).reduce((product, dim) => product * dim, 1);
  const sumsToOne = min >= 0 && width > 1 && sound.every((run) => rowsSumToOne(run, width));
  return { dims, varies, sumsToOne, range: { min, max }, ranges };
}

const isSound = (run: readonly number[]): boolean => run.length > 0 && run.every(Number.isFinite);

function rangeOf(values: readonly number[]): Range {
  return { min: values.reduce((a, b) => Math.min(a, b)), max: values.reduce((a, b) => Math.max(a, b)) };
}

/** Half-precision models miss 1 by a little. */
const NEAR = 0.01;

function rowsSumToOne(values: readonly number[], width: number): boolean {
  for (let at = 0; at < values.length; at += width) {
    const sum = values.slice(at, at + width).reduce((a, b) => a + b, 0);
    if (Math.abs(sum - 1) > NEAR) return false;
  }
  return true;
}
