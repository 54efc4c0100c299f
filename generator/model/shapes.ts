import type { Content, FeedSpec } from './child/feeds.ts';
import type { Dim, ElementType, TensorSpec } from './spec.ts';
import { SymbolSizes, withoutNameless } from './symbols.ts';

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

/** For open dims of inputs that are no pictures, and for sequences: some models take no fewer than a kernel, a window, a second. */
const LENGTHS = [1, 16, 8, 2, 4, 32, 64, 80, 128, 256, 512, 768, 1024, 16_000];
/** Ranks of inputs that do not say one: rows, pictures, sequences of vectors, lists, numbers. */
const RANKS = [2, 4, 3, 1, 0];
/** Whole numbers that are sizes or positions may not be 0, or nothing but 0; text may have to be numbers. */
const CONTENTS: readonly (readonly [whole: Content, text: Content])[] = [
  ['run', 'words'],
  ['ones', 'digits'],
  ['zeros', 'digits'],
];
const WHOLE = /^u?int(32|64)$/;

export interface ShapeOptions {
  /** Tried first where the graph leaves height and width open. */
  readonly size?: SizeHint | undefined;
  /** Inputs of which not even the rank is known. */
  readonly unknownRank?: readonly string[];
}

/**
 * Concrete tensors to run a graph with, best guess first. Fixed dims stay; symbols go by their names; an open batch is 1; open heights,
 * widths and channels of 4-d inputs go through the usual ones, other open dims through usual lengths.
 */
export function candidateShapes(inputs: readonly TensorSpec[], { size, unknownRank = [] }: ShapeOptions = {}): Feeds[] {
  const sizes: SizeHint[] = [...(size ? [size] : []), ...SIZES.map((edge) => ({ height: edge, width: edge }))];
  const ranks = unknownRank.length > 0 ? RANKS : [0];
  const shaped = (rank: number): TensorSpec[] =>
    inputs.map((input) => ({
      ...input,
      dims: unknownRank.includes(input.name)
        ? Array.from({ length: rank }, () => null)
        : input.dims.map(withoutNameless),
    }));
  const all = CONTENTS.flatMap(([whole, text]) =>
    ranks.flatMap((rank) =>
      choices(sizes).map((choice) => feedsFor(shaped(rank), { ...choice, contents: { whole, text } })),
    ),
  );
  return [...new Map(all.map((feeds) => [JSON.stringify(feeds), feeds])).values()];
}

/** Pictures of all sizes with the first lengths, then the other lengths with pictures of the first size. */
function choices(sizes: readonly SizeHint[]): Omit<Choice, 'contents'>[] {
  const combine = (some: readonly SizeHint[], lengths: readonly number[]) =>
    LAYOUTS.flatMap((layout) =>
      CHANNELS.flatMap((channels) =>
        some.flatMap((size) => lengths.map((length) => ({ layout, channels, size, length }))),
      ),
    );
  return [...combine(sizes, LENGTHS.slice(0, 2)), ...combine(sizes.slice(0, 1), LENGTHS.slice(2))];
}

interface Choice {
  readonly layout: Layout;
  readonly channels: number;
  readonly size: SizeHint;
  /** For open dims of inputs that are no pictures. */
  readonly length: number;
  readonly contents: { readonly whole: Content; readonly text: Content };
}

function feedsFor(inputs: readonly TensorSpec[], choice: Choice): Feeds {
  const sizes = new SymbolSizes(inputs, choice);
  return Object.fromEntries(
    inputs.map(({ name, elementType, dims }) => {
      const open = dims.length === 4 ? imageDims(dims, choice) : [1, ...dims.slice(1).map(() => choice.length)];
      const content = contentOf(name, elementType, choice);
      const feed = { elementType, dims: dims.map((dim, i) => sizes.of(dim, open[i] ?? 1)) };
      return [name, content === 'run' ? feed : { ...feed, content }];
    }),
  );
}

/** Masks let everything through; kinds of tokens are all the first one. */
function contentOf(name: string, elementType: ElementType, { contents }: Choice): Content {
  if (elementType === 'string') return contents.text;
  if (/mask/i.test(name)) return 'ones';
  if (/token_?type|segment/i.test(name)) return 'zeros';
  return WHOLE.test(elementType) ? contents.whole : 'run';
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
