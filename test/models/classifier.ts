import type { ModelProto, NodeProto, TensorProto } from '../../generator/model/onnx_pb.ts';
import { random } from './numbers.ts';
import { graph, model, node, tensor, value, type ModelOptions } from './proto.ts';

/** A small image classifier with random but seeded weights: a convolution, a pool where the size is open, a dense layer. */
export interface ClassifierOptions extends ModelOptions {
  readonly layout?: 'NCHW' | 'NHWC';
  readonly elementType?: 'float32' | 'float16' | 'bfloat16' | 'uint8';
  readonly channels?: 1 | 3;
  readonly scores?: 'logits' | 'probabilities';
  /** A number, or the name of a symbolic dim. */
  readonly batch?: number | string;
  readonly size?: { readonly height: number; readonly width: number } | 'dynamic';
  readonly classes?: number;
  readonly seed?: number;
  /** Shape of the output: N×K, or with ones as convolutional heads leave them. */
  readonly head?: 'NK' | 'NK11';
  /** Weights are listed as inputs too, as files before IR version 4 must. */
  readonly weightsAsInputs?: boolean;
}

const FEATURES = 8;
const STRIDE = 4;

export function classifier(options: ClassifierOptions = {}): ModelProto {
  const { layout = 'NCHW', elementType = 'float32', channels = 3, scores = 'logits', batch = 1 } = options;
  const { size = { height: 32, width: 32 }, classes = 10, seed = 1, head = 'NK', weightsAsInputs = false } = options;
  const inner = elementType === 'uint8' ? 'float32' : elementType;
  const next = random(seed);
  const weights: TensorProto[] = [];
  const weight = (name: string, dims: readonly number[], scale: number): string => {
    const length = dims.reduce((product, dim) => product * dim, 1);
    weights.push(
      tensor(
        name,
        inner,
        dims,
        Float32Array.from({ length }, () => (next() * 2 - 1) * scale),
      ),
    );
    return name;
  };
  const nodes: NodeProto[] = [];
  let last = 'image';
  const then = (opType: string, more: readonly string[] = [], attributes: Parameters<typeof node>[3] = {}): void => {
    const output = `${opType.toLowerCase()}_out`;
    nodes.push(node(opType, [last, ...more], [output], attributes));
    last = output;
  };

  if (elementType === 'uint8') {
    weights.push(tensor('scale', 'float32', [], [1 / 64]));
    then('Cast', [], { to: 1 });
    then('Mul', ['scale']);
  }
  if (layout === 'NHWC') then('Transpose', [], { perm: [0, 3, 1, 2] });
  then('Conv', [weight('kernel', [FEATURES, channels, STRIDE, STRIDE], 0.5), weight('kernel_bias', [FEATURES], 0.2)], {
    strides: [STRIDE, STRIDE],
    kernel_shape: [STRIDE, STRIDE],
  });
  then('Relu');
  if (size === 'dynamic') then('GlobalAveragePool');
  then('Flatten');
  const places = size === 'dynamic' ? 1 : Math.floor(size.height / STRIDE) * Math.floor(size.width / STRIDE);
  // Scores of some units of spread: answers differ, none is certain.
  const spread = size === 'dynamic' ? 2 : 4 / Math.sqrt(FEATURES * places);
  then('Gemm', [weight('dense', [FEATURES * places, classes], spread), weight('dense_bias', [classes], 0.5)]);
  if (scores === 'probabilities') then('Softmax', [], { axis: 1 });
  if (head === 'NK11') {
    weights.push(tensor('head', 'int64', [4], [-1, classes, 1, 1]));
    then('Reshape', ['head']);
  }
  (nodes.at(-1) as NodeProto).output = ['scores'];

  const [height, width] = size === 'dynamic' ? ['height', 'width'] : [size.height, size.width];
  const dims = layout === 'NCHW' ? [batch, channels, height, width] : [batch, height, width, channels];
  const asInputs = weightsAsInputs
    ? weights.map(({ name, dims: shape }) =>
        value(name, name === 'head' ? 'int64' : name === 'scale' ? 'float32' : inner, shape.map(Number)),
      )
    : [];
  return model(
    graph({
      name: 'classifier',
      inputs: [value('image', elementType, dims), ...asInputs],
      outputs: [value('scores', inner, head === 'NK' ? [batch, classes] : [batch, classes, 1, 1])],
      weights,
      nodes,
    }),
    options,
  );
}
