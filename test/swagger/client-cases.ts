import type { Blueprint } from '../../generator/blueprint.ts';
import { textOperation } from '../../generator/text/operation.ts';
import type { TextSettings } from '../../generator/text/settings.ts';
import type { Operation } from '../../swagger/operation.ts';
import { digits, predict } from '../generator/template/blueprints.ts';

type Tensor = Blueprint['model']['inputs'][number];

/** A service of tensors. */
const tensors = (inputs: readonly Tensor[], outputs: readonly Tensor[]): Blueprint => ({
  ...digits,
  model: { ...digits.model, name: 'net', inputs: [...inputs], outputs: [...outputs] },
  task: { kind: 'tensor' },
});

const of = (name: string, elementType: Tensor['elementType'], dims: Tensor['dims']): Tensor => ({
  name,
  elementType,
  dims,
});

/** Names that are no identifiers, or mean something in JavaScript. */
export const ODD_NAMES = [
  'serving default/x:0', 'it\'s "x"', 'a`${b}`\\', '*/', 'new\nline', '\u2028', 'größe', '数', '😀', '', '1', '-1', 'class', 'await', '__proto__',
  'constructor', 'toString', 'data', 'shape',
] as const; // prettier-ignore

export interface ClientCase {
  readonly blueprint: Blueprint;
  readonly predict: Operation | undefined;
  /** What is written with it: each wrong line has `@ts-expect-error` before it, so that tsc complains where it would compile. */
  readonly uses: string;
}

// Not raw: to tsc, that one begins a line.
const literals = ODD_NAMES.map((name) => JSON.stringify(name).replace('\u2028', '\\u2028'));

export const CASES: Readonly<Record<string, ClientCase>> = {
  classifier: {
    blueprint: digits,
    predict,
    uses: `
const picture = new Uint8Array(4);
const { predictions } = await client.predict(picture, { contentType: 'image/png', signal: AbortSignal.timeout(9) });
const name: string = predictions[0]?.className ?? '';
await client.predict(new Blob([picture]));
await client.predict(picture.buffer);
await client.predict({ image: 'base64', top: 3 });
await client.predict({ image: picture });
const { status }: { status: 'ok' } = await client.health();
createClient({ baseUrl: new URL('http://x'), apiKey: undefined, headers: { a: 'b' }, fetch, timeoutMs: 1, retries: 0 });
createClient({ baseUrl: '', fetch: async (url: string, init: RequestInit) => fetch(url, init) });
export const used = [name, status];

// @ts-expect-error text is no picture
await client.predict('picture.png');
// @ts-expect-error nothing is no picture
await client.predict();
// @ts-expect-error a picture is missing
await client.predict({ top: 3 });
// @ts-expect-error top is a number
await client.predict({ image: 'base64', top: '3' });
// @ts-expect-error there is no such field
await client.predict({ image: 'base64', topK: 3 });
// @ts-expect-error numbers are no bytes
await client.predict([1, 2, 3]);
// @ts-expect-error GIF is not taken
await client.predict(picture, { contentType: 'image/gif' });
// @ts-expect-error a prediction has no label
predictions[0]?.label;
// @ts-expect-error where it is has to be said
createClient({ apiKey: 'x' });
// @ts-expect-error there is no such method
await client.classify(picture);
// @ts-expect-error not every field is there
const wrong: { score: number } = await client.predict(picture);`,
  },

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

  'one text or several': {
    blueprint: { ...digits, protocol: false },
    predict: textOperation({ input: { kind: 'tokens' }, texts: 8 } as TextSettings, digits, {
      name: 'Length',
      summary: 'Tell lengths',
      request: { exact: { type: 'boolean' } },
      answer: { length: { type: 'integer' } },
      example: { length: 4 },
    }),
    uses: `
const one: number = (await client.predict({ text: 'a', exact: true })).length;
const several: number[] = (await client.predict({ texts: ['a', 'b'] })).results.map(({ length }) => length);
const either = await client.predict(Math.random() > 0.5 ? { text: 'a' } : { texts: ['a'] });
export const used = [one, several, 'results' in either ? either.results : either.length];

// @ts-expect-error one or several, not both
(await client.predict({ text: 'a' })).results;
// @ts-expect-error several have no length of their own
(await client.predict({ texts: ['a'] })).length;
// @ts-expect-error which of the two is not known
either.results;
// @ts-expect-error nothing to tell the length of
await client.predict({ exact: true });
// @ts-expect-error a text is no list
await client.predict({ texts: 'a' });
// @ts-expect-error there is no such field
await client.predict({ text: 'a', words: 1 });
// @ts-expect-error bytes are no text
await client.predict(new Uint8Array(1));
// @ts-expect-error what comes back can not be chosen
await client.predict({ text: 'a' }, { accept: 'image/png' });`,
  },

  'a picture for a picture': {
    blueprint: { ...digits, protocol: false },
    predict: { ...predict, answer: { ...predict.answer, bytes: ['image/png', 'image/jpeg'] } },
    uses: `
const picture: Blob = await client.predict(new Uint8Array(1), { accept: 'image/jpeg', contentType: 'image/webp' });
export const used: Blob[] = [picture, await client.predict(picture), await client.predict({ image: picture })];

// @ts-expect-error WebP is not made
await client.predict(picture, { accept: 'image/webp' });
// @ts-expect-error a picture has no predictions
(await client.predict(picture)).predictions;`,
  },

  'no protocol': {
    predict,
    blueprint: { ...digits, protocol: false },
    uses: `
export const used: string[] = (await client.predict({ image: 'x' })).predictions.map(({ className }) => className);
const error: unknown = new ServiceError('Too large', 413, 'PAYLOAD_TOO_LARGE');
if (error instanceof ServiceError) {
  const all: [number, string, string, string | undefined] = [error.status, error.code, error.message, error.requestId];
  used.push(String(all));
}
// @ts-expect-error there is no infer
await client.infer({});`,
  },
};
