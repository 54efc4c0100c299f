import type { FeedSpec } from './child/feeds.ts';
import type { Dim, TensorSpec } from './spec.ts';

/** Pixels. */
export interface SizeHint {
  readonly height: number;
  readonly width: number;
}

/** Heights and widths that image models are trained with, most frequent first: tried where the graph leaves them open. */
const SIZES = [224, 256, 299, 384, 512, 640, 320, 448, 192, 160, 128, 96, 64, 48, 32, 28, 8];
const CHANNELS = [3, 1];
/** Channels first is tried first: exporters write it far more often. */
const LAYOUTS = ['NCHW', 'NHWC'] as const;
type Layout = (typeof LAYOUTS)[number];

type Feeds = Readonly<Record<string, FeedSpec>>;

/**
 * Concrete shapes to run a graph with, best guess first. Fixed dims stay; an open batch is 1; open heights, widths and channels
 * of 4-d inputs go through the usual ones; other open dims are 1, then 16.
 */
export function candidateShapes(inputs: readonly TensorSpec[], hint?: SizeHint): Feeds[] {
  const sizes: SizeHint[] = [...(hint ? [hint] : []), ...SIZES.map((size) => ({ height: size, width: size }))];
  const all = LAYOUTS.flatMap((layout) =>
    CHANNELS.flatMap((channels) =>
      sizes.flatMap((size) => [1, 16].map((other) => shapesFor(inputs, { layout, channels, size, other }))),
    ),
  );
  return [...new Map(all.map((feeds) => [JSON.stringify(feeds), feeds])).values()];
}

interface Choice {
  readonly layout: Layout;
  readonly channels: number;
  readonly size: SizeHint;
  /** For open dims of inputs that are no pictures. */
  readonly other: number;
}

function shapesFor(inputs: readonly TensorSpec[], choice: Choice): Feeds {
  return Object.fromEntries(
    inputs.map(({ name, elementType, dims }) => {
      const open = dims.length === 4 ? imageDims(dims, choice) : [1, ...dims.slice(1).map(() => choice.other)];
      return [name, { elementType, dims: dims.map((dim, i) => (typeof dim === 'number' ? dim : (open[i] ?? 1))) }];
    }),
  );
}

function imageDims(dims: readonly Dim[], { layout, channels, size }: Choice): number[] {
  const { height, width } = size;
  return (layoutOf(dims) ?? layout) === 'NHWC' ? [1, height, width, channels] : [1, channels, height, width];
}

/** Where a 4-d shape has its 1 or 3 channels; undefined where it does not say, or says it twice. */
export function layoutOf([, second, , last]: readonly Dim[]): Layout | undefined {
  const isChannels = (dim: Dim | undefined): boolean => dim === 1 || dim === 3;
  if (isChannels(second) === isChannels(last)) return undefined;
  return isChannels(last) ? 'NHWC' : 'NCHW';
}
