import type { Blueprint } from '../../generator/blueprint.ts';
import type { Operation } from '../../swagger/operation.ts';
import { digits } from '../generator/template/blueprints.ts';

export interface ClientCase {
  readonly blueprint: Blueprint;
  readonly predict: Operation | undefined;
  /** What is written with it: each wrong line has `@ts-expect-error` before it, so that tsc complains where it would compile. */
  readonly uses: string;
}

type Tensor = Blueprint['model']['inputs'][number];

/** A service of tensors. */
export const tensors = (inputs: readonly Tensor[], outputs: readonly Tensor[]): Blueprint => ({
  ...digits,
  model: { ...digits.model, name: 'net', inputs: [...inputs], outputs: [...outputs] },
  task: { kind: 'tensor' },
});

export const of = (name: string, elementType: Tensor['elementType'], dims: Tensor['dims']): Tensor => ({
  name,
  elementType,
  dims,
});

/** Names that are no identifiers, or mean something in JavaScript. */
export const ODD_NAMES = [
  'serving default/x:0', 'it\'s "x"', 'a`${b}`\\', '*/', 'new\nline', '\u2028', 'größe', '数', '😀', '', '1', '-1', 'class', 'await', '__proto__',
  'constructor', 'toString', 'data', 'shape',
] as const; // prettier-ignore

// Not raw: to tsc, that one begins a line.
const literals = ODD_NAMES.map((name) => JSON.stringify(name).replace('\u2028', '\\u2028'));

export const TENSOR_CASES: Readonly<Record<string, ClientCase>> = {
  'several tensors': {
    predict: undefined,
    blueprint: tensors(
      [
        of('image', 'float32', [1, 3, 224, 224]),
        of('ids', 'int64', ['batch', 'length']),
        of('mask', 'bool', ['batch', null]),
        of('threshold', 'float64', []),
        of('words', 'string', [2]),
        { ...of('half', 'float32', [2]), declaredType: 'float16' },
        of('bytes', 'uint8', [null]),
        { ...of('any', 'int8', [1, 2]), anyRank: true },
      ],
      [of('scores', 'float32', [1, 10]), of('best', 'int64', ['n']), of('text', 'string', []), of('is', 'bool', [1])],
    ),
    uses: `
const inputs: InferInputs = {
  image: { shape: [1, 3, 224, 224], data: new Float32Array(150528) },
  ids: { shape: [1, 2], data: [1n, 2n ** 62n] },
  mask: { shape: [1, 2], data: [true, false] },
  threshold: { data: [0.5] },
  words: { data: ['a', 'b'] },
  half: { data: [1, 2] },
  bytes: { shape: [3], data: new Uint8ClampedArray(3) },
  any: { shape: [1, 1, 2], data: [1, 2] },
};
const { outputs, id } = await client.infer(inputs, { id: 'x', signal: AbortSignal.timeout(9) });
const scores: Float32Array = outputs.scores.data;
const classes: 10 = outputs.scores.shape[1];
const best: bigint | undefined = outputs.best.data[0];
const text: readonly string[] = outputs.text.data;
const is: boolean | undefined = outputs.is.data[0];
const some = await client.infer(inputs, { outputs: ['best', 'is'] });
const one: number = some.outputs.best.shape[0];
const metadata: { shape: number[] }[] = (await client.metadata()).inputs;
const live: boolean = (await client.live()).live && (await client.ready()).ready;
export const used = [id, scores, classes, best, text, is, one, metadata, live];

// @ts-expect-error there is no predict
await client.predict({});
// @ts-expect-error inputs are missing
await client.infer({ image: inputs.image });
// @ts-expect-error there is no such input
await client.infer({ ...inputs, other: inputs.image });
// @ts-expect-error another size than the model's
await client.infer({ ...inputs, image: { shape: [1, 3, 224, 225], data: [] } });
// @ts-expect-error another rank than the model's
await client.infer({ ...inputs, image: { shape: [3, 224, 224], data: [] } });
// @ts-expect-error a size is open, so the shape has to be said
await client.infer({ ...inputs, ids: { data: [1n] } });
// @ts-expect-error the rank is open, so the shape has to be said
await client.infer({ ...inputs, any: { data: [1] } });
// @ts-expect-error int64 is bigint
await client.infer({ ...inputs, ids: { shape: [1, 1], data: [1] } });
// @ts-expect-error float32 is no bigint
await client.infer({ ...inputs, image: { data: [1n] } });
// @ts-expect-error bool is no number
await client.infer({ ...inputs, mask: { shape: [1, 1], data: [1] } });
// @ts-expect-error text is no number
await client.infer({ ...inputs, words: { data: [1, 2] } });
// @ts-expect-error uint8 is not float32
await client.infer({ ...inputs, bytes: { shape: [1], data: new Float32Array(1) } });
// @ts-expect-error half is not float64
await client.infer({ ...inputs, half: { data: new Float64Array(2) } });
// @ts-expect-error one value is a list of one value too
await client.infer({ ...inputs, threshold: { data: 0.5 } });
// @ts-expect-error there is no such output
await client.infer(inputs, { outputs: ['other'] });
// @ts-expect-error was not asked for
some.outputs.scores;
// @ts-expect-error there is no such output
outputs.logits;
// @ts-expect-error int64 comes back as bigint
const wrong: number | undefined = outputs.best.data[0];`,
  },

  'odd names': {
    predict: undefined,
    blueprint: tensors(
      ODD_NAMES.map((name) => of(name, 'float32', [name, 1])),
      ODD_NAMES.map((name) => of(name, 'int32', [null, name])),
    ),
    uses: `
const one = { shape: [1, 1], data: [1] } as const;
const inputs: InferInputs = { ${literals.map((name) => `[${name}]: one`).join(', ')} };
const { outputs } = await client.infer(inputs, { outputs: [${literals.join(', ')}] });
export const used: Int32Array[] = [${literals.map((name) => `outputs[${name}].data`).join(', ')}];

${literals
  .map(
    (name) => `// @ts-expect-error another type
await client.infer({ ...inputs, [${name}]: { shape: [1, 1], data: ['text'] } });
// @ts-expect-error another type
export const wrong${literals.indexOf(name)}: string = outputs[${name}].data;`,
  )
  .join('\n')}
// @ts-expect-error there is no such output
outputs['serving default/x'];
// @ts-expect-error inputs are missing
await client.infer({ class: one });`,
  },
};
