import type { Preprocessing } from './preprocessing.ts';
import { hint, type Hint, type Hints } from '../hints/hint.ts';
import type { FixedByGraph } from './signature.ts';
import type { ModelFacts } from '../tasks/task.ts';

const IMAGENET = { mean: [0.485, 0.456, 0.406], std: [0.229, 0.224, 0.225] };
/** ImageNet's models were evaluated on the middle 7/8 of a picture. */
const CROP_PCT = 0.875;
/** Smaller models were hardly trained on photographs: no crop, no ImageNet figures. */
const PHOTO_SIZE = 96;
const COMMON_SIZE = 224;

type Complete = { readonly [Key in keyof Preprocessing]: Hint<Preprocessing[Key]> };

/** Fills what nobody said with sound defaults, and makes the parts agree: one mean a channel, a crop that covers the size. */
export function imageDefaults(said: Hints<Preprocessing>, fixed: FixedByGraph, facts: ModelFacts): Complete {
  const layout = said.layout ?? hint('NCHW', 'default', 'Most exporters put channels first.');
  const size = openSize(facts, layout.value);
  const width = said.width ?? size.width;
  const height = said.height ?? size.height;
  const gray = fixed.channels === 1 || (fixed.channels === undefined && said.colorOrder?.value === 'gray');
  const colorOrder = gray
    ? (said.colorOrder?.value === 'gray' ? said.colorOrder : hint('gray' as const, 'graph', 'The input has 1 channel.'))
    : said.colorOrder && said.colorOrder.value !== 'gray'
      ? said.colorOrder
      : hint('RGB' as const, 'default', 'Most models take RGB.');
  const photo = Math.min(width.value, height.value) >= PHOTO_SIZE;
  const count = gray ? 1 : 3;
  const values = said.mean && said.std && said.rescaleFactor ? said : { ...said, ...defaultValues(said, count, photo, facts, colorOrder.value) };
  return {
    width,
    height,
    resize: resizeHint(said.resize, width.value, height.value, photo),
    resample: said.resample ?? hint('bilinear', 'default', 'The filter of torchvision and of most training code.'),
    colorOrder,
    layout,
    rescaleFactor: values.rescaleFactor as Hint<number>,
    mean: spread(values.mean as Hint<number[]>, count),
    std: spread(values.std as Hint<number[]>, count),
  };
} // prettier-ignore

/** The size that the trial run worked with, where the graph leaves it open. */
function openSize({ trial, inputs }: ModelFacts, layout: string): { height: Hint<number>; width: Hint<number> } {
  const dims = trial?.inputs[inputs[0]?.name ?? ''];
  const [height, width] = layout === 'NHWC' ? [dims?.[1], dims?.[2]] : [dims?.[2], dims?.[3]];
  const why = dims ? 'The graph leaves the size open; a trial run works with this one.' : 'A common size.';
  return {
    height: hint(height ?? COMMON_SIZE, 'default', why),
    width: hint(width ?? COMMON_SIZE, 'default', why),
  };
}

function resizeHint(
  said: Hint<Preprocessing['resize']> | undefined,
  width: number,
  height: number,
  photo: boolean,
): Hint<Preprocessing['resize']> {
  const least = Math.max(width, height);
  if (said?.value.kind === 'crop' && said.value.shortestEdge < least) {
    return { ...said, value: { kind: 'crop', shortestEdge: least } };
  }
  if (said) return said;
  return photo && width === height
    ? hint({ kind: 'crop', shortestEdge: Math.round(least / CROP_PCT) }, 'default', 'The middle 7/8, as for ImageNet.')
    : hint({ kind: 'stretch' }, 'default', 'Small or not square: the whole picture.');
}

function defaultValues(
  said: Hints<Preprocessing>,
  count: number,
  photo: boolean,
  { spec }: ModelFacts,
  colorOrder: Preprocessing['colorOrder'],
): Hints<Pick<Preprocessing, 'rescaleFactor' | 'mean' | 'std'>> {
  const all = (value: number): number[] => Array<number>(count).fill(value);
  const rescaleFactor = said.rescaleFactor ?? hint(1 / 255, 'default', 'Values between 0 and 1.');
  if (/tf2onnx|keras/i.test(spec.producer) && count === 3 && photo && !said.rescaleFactor) {
    const why = 'A Keras model: most take −1…1.';
    return {
      rescaleFactor: hint(1 / 127.5, 'default', why),
      mean: hint(all(1), 'default', why),
      std: hint(all(1), 'default', why),
    };
  }
  const scaled = Math.abs(rescaleFactor.value - 1 / 255) < 1e-6;
  const imagenet = count === 3 && photo && scaled;
  const order = (values: number[]): number[] => (colorOrder === 'BGR' ? values.toReversed() : values);
  const why = imagenet ? 'The figures of ImageNet, which most models of photographs were trained with.' : 'None.';
  return {
    rescaleFactor,
    mean: said.mean ?? hint(imagenet ? order(IMAGENET.mean) : all(0), 'default', why),
    std: said.std ?? hint(imagenet ? order(IMAGENET.std) : all(1), 'default', why),
  };
}

/** One number a channel, where a source gave one for all or three for a gray model. */
function spread(values: Hint<number[]>, count: number): Hint<number[]> {
  const { length } = values.value;
  if (length === count) return values;
  const first = values.value[0] ?? 0;
  const average = values.value.reduce((a, b) => a + b, 0) / length;
  return { ...values, value: Array<number>(count).fill(length === 1 ? first : average) };
}
