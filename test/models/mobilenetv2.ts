// A model of MobileNetV2's shape with random weights: 3.5 million of them, 14 MB, for size and speed.
//   node --experimental-strip-types test/models/mobilenetv2.ts FILE      (Node 22 or newer)
import { writeFileSync } from 'node:fs';
import type { ModelProto, NodeProto, TensorProto } from '../../generator/model/onnx_pb.ts';
import { random } from './numbers.ts';
import { graph, model, modelBytes, node, tensor, value } from './proto.ts';

/** Expansion, channels, repeats, stride of the first: the rows of the paper's table 2 (Sandler et al., 2018). */
const BLOCKS = [
  [1, 16, 1, 1],
  [6, 24, 2, 2],
  [6, 32, 3, 2],
  [6, 64, 4, 2],
  [6, 96, 3, 1],
  [6, 160, 3, 2],
  [6, 320, 1, 1],
] as const;
const STEM = 32;
const HEAD = 1280;

export interface MobileNetOptions {
  readonly classes?: number;
  readonly seed?: number;
  readonly batch?: number | string;
}

/** Input `input` float32 [batch, 3, 224, 224], output `logits` [batch, classes]; batch norms are folded into the convolutions. */
export function mobileNetV2({ classes = 1000, seed = 2, batch = 'batch' }: MobileNetOptions = {}): ModelProto {
  const next = random(seed);
  const weights: TensorProto[] = [tensor('zero', 'float32', [], [0]), tensor('six', 'float32', [], [6])];
  const nodes: NodeProto[] = [];
  /** Uniform weights of the variance that keeps the size of values from layer to layer. */
  const weight = (dims: readonly number[], fan: number): string => {
    const name = `w${weights.length}`;
    const bound = Math.sqrt(6 / fan);
    const length = dims.reduce((product, dim) => product * dim, 1);
    const data = new Float32Array(length);
    for (let i = 0; i < length; i++) data[i] = (next() * 2 - 1) * bound;
    weights.push(tensor(name, 'float32', dims, data));
    return name;
  };
  const then = (opType: string, inputs: readonly string[], attributes: Parameters<typeof node>[3] = {}): string => {
    const output = `v${nodes.length}`;
    nodes.push(node(opType, inputs, [output], attributes));
    return output;
  };
  interface ConvOptions {
    readonly kernel?: number;
    readonly stride?: number;
    readonly depthwise?: boolean;
    readonly linear?: boolean;
  }
  const conv = (x: string, from: number, to: number, options: ConvOptions = {}): string => {
    const { kernel = 1, stride = 1, depthwise = false, linear = false } = options;
    const group = depthwise ? from : 1;
    const shape = [to, from / group, kernel, kernel];
    const fan = (from / group) * kernel * kernel;
    const pad = (kernel - 1) / 2;
    const y = then('Conv', [x, weight(shape, fan), weight([to], 24)], {
      kernel_shape: [kernel, kernel],
      strides: [stride, stride],
      pads: [pad, pad, pad, pad],
      group,
    });
    return linear ? y : then('Clip', [y, 'zero', 'six']);
  };

  let last = conv('input', 3, STEM, { kernel: 3, stride: 2 });
  let channels = STEM;
  for (const [expansion, to, repeats, first] of BLOCKS) {
    for (let i = 0; i < repeats; i++) {
      const stride = i === 0 ? first : 1;
      const wide = channels * expansion;
      const expanded = expansion === 1 ? last : conv(last, channels, wide);
      const moved = conv(expanded, wide, wide, { kernel: 3, stride, depthwise: true });
      const narrow = conv(moved, wide, to, { linear: true });
      last = stride === 1 && channels === to ? then('Add', [last, narrow]) : narrow;
      channels = to;
    }
  }
  const pooled = then('GlobalAveragePool', [conv(last, channels, HEAD)]);
  const flat = then('Flatten', [pooled], { axis: 1 });
  nodes.push(node('Gemm', [flat, weight([HEAD, classes], HEAD), weight([classes], 24)], ['logits']));
  return model(
    graph({
      name: 'mobilenetv2',
      inputs: [value('input', 'float32', [batch, 3, 224, 224])],
      outputs: [value('logits', 'float32', [batch, classes])],
      weights,
      nodes,
    }),
  );
}

if (process.argv[1]?.endsWith('mobilenetv2.ts')) {
  const file = process.argv[2] ?? 'mobilenetv2.onnx';
  writeFileSync(file, modelBytes(mobileNetV2()));
  process.stdout.write(`${file}\n`);
}
