import type { ModelProto, NodeProto } from '../../generator/model/onnx_pb.ts';
import type { ElementType } from '../../generator/model/spec.ts';
import { random } from './numbers.ts';
import { graph, mapOf, model, node, sequenceOf, tensorOf, value, valueOfType } from './proto.ts';

/** A model that is served mended, with what to ask it; Python's onnxruntime answers to the original (mendable-golden.json). */
export interface Mendable {
  readonly name: string;
  readonly model: ModelProto;
  /** By input name. */
  readonly feeds: Readonly<Record<string, Feed>>;
}

export interface Feed {
  readonly type: ElementType;
  readonly dims: readonly number[];
  readonly data: readonly (number | string)[];
}

const ML = { opsets: { 'ai.onnx': 17, 'ai.onnx.ml': 3 } };
const zipped = (key: ElementType) => valueOfType('output_probability', sequenceOf(mapOf(key, tensorOf('float32'))));

const next = random(7);
const numbers = (length: number): number[] => Array.from({ length }, () => Math.round(next() * 400 - 200) / 100);
const rows: Feed = { type: 'float32', dims: [5, 4], data: numbers(20) };

const linear = (labels: Readonly<Record<string, readonly string[] | readonly number[]>>): NodeProto =>
  node(
    'LinearClassifier',
    ['input'],
    ['output_label', 'scores'],
    { ...labels, coefficients: { floats: numbers(12) }, intercepts: { floats: numbers(3) }, multi_class: 1, post_transform: 'NONE' },
    'ai.onnx.ml',
  ); // prettier-ignore

/** As skl2onnx writes a logistic regression. */
function zipMap(
  kind: 'strings' | 'int64s',
  names: readonly string[] | readonly number[],
  key: ElementType,
): ModelProto {
  const main = graph({
    inputs: [value('input', 'float32', [null, 4])],
    outputs: [value('output_label', key, [null]), zipped(key)],
    nodes: [
      linear({ [`classlabels_${kind === 'strings' ? kind : 'ints'}`]: names }),
      node('Normalizer', ['scores'], ['probabilities'], { norm: 'L1' }, 'ai.onnx.ml'),
      node('ZipMap', ['probabilities'], ['output_probability'], { [`classlabels_${kind}`]: names }, 'ai.onnx.ml'),
    ],
  });
  return model(main, ML);
}

export const ZIPPED: readonly Mendable[] = [
  { name: 'zipmap-strings', model: zipMap('strings', ['setosa', 'Größe', ''], 'string'), feeds: { input: rows } },
  { name: 'zipmap-ints', model: zipMap('int64s', [7, -1, 3], 'int64'), feeds: { input: rows } },
];

const words: Feed = { type: 'string', dims: [4], data: ['Hello World', 'THE', 'a Größe ÄÖÜ', 'Ёлка'] };

/** Languages that no base image has; where nothing is compared or changed, the runtime asks for none. */
export function normalizer(attributes: Parameters<typeof node>[3]): ModelProto {
  const main = graph({
    inputs: [value('text', 'string', ['N'])],
    outputs: [value('words', 'string', ['M'])],
    nodes: [node('StringNormalizer', ['text'], ['words'], attributes)],
  });
  return model(main);
}

export const LOCALES: readonly Mendable[] = [
  { name: 'locale-lower', model: normalizer({ locale: 'en_US.UTF-8', case_change_action: 'LOWER' }), feeds: { text: words } },
  { name: 'locale-upper', model: normalizer({ locale: 'de_DE.UTF-8', case_change_action: 'UPPER', is_case_sensitive: 1 }), feeds: { text: words } },
  { name: 'locale-default', model: normalizer({ case_change_action: 'LOWER', stopwords: ['the'] }), feeds: { text: words } },
  { name: 'locale-compare', model: normalizer({ locale: 'en_US', stopwords: ['the'] }), feeds: { text: words } },
]; // prettier-ignore

export const MENDABLE: readonly Mendable[] = [...ZIPPED, ...LOCALES];
