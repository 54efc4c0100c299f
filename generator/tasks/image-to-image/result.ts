import type { Preprocessing } from '../../pictures/preprocessing.ts';
import type { ElementType, TensorSpec } from '../../model/spec.ts';
import type { ModelFacts } from '../task.ts';

/** An output that is a picture as large as the input, or a whole number of times as large. */
export interface PictureOutput {
  readonly tensor: TensorSpec;
  readonly channels: 1 | 3 | 4;
  readonly layout: Preprocessing['layout'];
  readonly scale: number;
}

type Dims = readonly (number | string | null)[];

/** More is no enlarging that is known. */
const LARGEST_SCALE = 8;
const NUMBERS: readonly ElementType[] = ['float32', 'float64', 'uint8', 'int8'];

/** The output that is a picture: of several one that nothing in the graph reads, then the first. */
export function pictureOf(
  facts: ModelFacts,
  input: TensorSpec,
  layout: Preprocessing['layout'],
): PictureOutput | undefined {
  const taken = facts.trial?.inputs[input.name] ?? input.dims;
  const found = facts.outputs.flatMap((tensor) => pictureIn(tensor, facts, taken, layout));
  return found.find(({ tensor }) => !facts.spec.readInside.includes(tensor.name)) ?? found[0];
}

function pictureIn(
  tensor: TensorSpec,
  { trial }: ModelFacts,
  taken: Dims,
  inputLayout: Preprocessing['layout'],
): PictureOutput[] {
  const dims: Dims = trial?.outputs[tensor.name]?.dims ?? tensor.dims;
  if (!NUMBERS.includes(tensor.elementType) || dims.length !== 4 || dims[0] !== taken[0]) return [];
  const [height, width] = sidesOf(taken, inputLayout);
  // Where both layouts fit, as in the input.
  const layouts = inputLayout === 'NCHW' ? (['NCHW', 'NHWC'] as const) : (['NHWC', 'NCHW'] as const);
  return layouts.flatMap((layout) => {
    const channels = dims[layout === 'NCHW' ? 1 : 3];
    const [tall, wide] = sidesOf(dims, layout);
    const scale = Number(tall) / Number(height);
    const fits =
      Number.isInteger(scale) && scale >= 1 && scale <= LARGEST_SCALE && Number(wide) === scale * Number(width);
    return fits && (channels === 1 || channels === 3 || channels === 4) ? [{ tensor, channels, layout, scale }] : [];
  });
}

function sidesOf(
  dims: Dims,
  layout: Preprocessing['layout'],
): readonly [height: Dims[number] | undefined, width: Dims[number] | undefined] {
  return layout === 'NCHW' ? [dims[2], dims[3]] : [dims[1], dims[2]];
}
