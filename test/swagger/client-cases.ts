import { withUrls } from '../../generator/inputs/operation.ts';
import { imageToImageOperation } from '../../generator/tasks/image-to-image/operation.ts';
import type { ImageToImage } from '../../generator/tasks/image-to-image/settings.ts';
import { regressRowsOperation } from '../../generator/tasks/tabular-regression/operation.ts';
import type { TabularRegression } from '../../generator/tasks/tabular-regression/settings.ts';
import { textOperation } from '../../generator/text/operation.ts';
import type { TextSettings } from '../../generator/text/settings.ts';
import { byUrl, digits, predict } from '../generator/template/blueprints.ts';
import { of, TENSOR_CASES, tensors, type ClientCase } from './client-tensor-cases.ts';

const table = tensors(
  [of('numbers', 'float32', ['N', 3]), of('words', 'string', ['N', 1])],
  [of('y', 'float32', ['N', 1])],
);

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

  'a picture by its URL': {
    blueprint: byUrl,
    predict: withUrls(predict, byUrl, 'url'),
    uses: `
const picture = new Uint8Array(4);
const { predictions } = await client.predict({ url: 'https://example.com/a.png', top: 3 });
export const used = [predictions];
await client.predict(picture);
await client.predict({ image: picture, top: 3 });
await client.predict({ image: 'base64' });

// @ts-expect-error neither the picture nor where it is
await client.predict({ top: 3 });
// @ts-expect-error a URL is no picture
await client.predict({ url: picture });
// @ts-expect-error there is no such field
await client.predict({ url: 'https://example.com/a.png', uri: 'x' });`,
  },

  ...TENSOR_CASES,

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

  'rows of named features': {
    blueprint: table,
    predict: regressRowsOperation(
      {
        kind: 'tabular-regression',
        inputs: [
          { input: 'numbers', features: ['sepal length (cm)', 'petal-length', 'class'] },
          { input: 'words', features: ["it's"] },
        ],
        missing: true,
        targets: 1,
      } as unknown as TabularRegression,
      table,
    ),
    uses: `
const row: Row = { 'sepal length (cm)': 1.5, 'petal-length': null, class: 2, "it's": 'x' };
const { predictions } = await client.predict(row);
export const used: (number | undefined)[] = [predictions[0]?.prediction];
await client.predict({ instances: [row, row] });
await client.predict({ input_X: [[1, 2, 3, 'x']] });

// @ts-expect-error a feature is missing
await client.predict({ class: 2 });
// @ts-expect-error text is no number
await client.predict({ ...row, class: 'x' });
// @ts-expect-error nothing is no text
await client.predict({ ...row, "it's": null });
// @ts-expect-error there is no such feature
await client.predict({ ...row, width: 1 });
// @ts-expect-error one of the rows is none
await client.predict({ instances: [row, { class: 1 }] });
// @ts-expect-error a number is no text
const wrong: string | undefined = predictions[0]?.prediction;`,
  },

  'a picture for a picture': {
    blueprint: { ...digits, protocol: false },
    predict: imageToImageOperation({ kind: 'image-to-image' } as ImageToImage, digits),
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
