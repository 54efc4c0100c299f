import type { Range } from '../../../../generator/model/trial.ts';
import { inputLike, valuesOf } from '../../../../generator/tasks/image-to-image/values.ts';
import type { ModelFacts } from '../../../../generator/tasks/task.ts';
import { hint } from '../../../../generator/hints/hint.ts';

const IMAGENET = { mean: hint([0.4, 0.5, 0.6], 'side-file', ''), std: hint([0.2, 0.2, 0.2], 'side-file', '') };
const range = (min: number, max: number): Range => ({ min, max });

interface Said {
  readonly elementType?: 'float32' | 'uint8' | 'int8';
  readonly metadata?: Readonly<Record<string, string>>;
  readonly maker?: string;
  readonly ranges?: readonly (Range | null)[];
  readonly preprocessing?: Parameters<typeof valuesOf>[2];
}

function guess({ elementType = 'float32', metadata = {}, maker, ranges, preprocessing = {} }: Said) {
  const facts = {
    spec: { metadata, madeBy: maker === undefined ? {} : { y: maker } },
    trial: ranges && { outputs: { y: { ranges } } },
  };
  return valuesOf({ name: 'y', elementType, dims: [1, 3, 8, 8] }, facts as unknown as ModelFacts, preprocessing);
}

test.each<[string, Said, string, string]>([
  ['bytes', { elementType: 'uint8' }, 'bytes', 'graph'],
  ['signed bytes', { elementType: 'int8' }, 'normalized', 'graph'],
  ['metadata', { metadata: { 'Image.NominalPixelRange': 'Normalized_1_1' }, maker: 'Sigmoid' }, 'signed', 'metadata'],
  ['Sigmoid', { maker: 'Sigmoid' }, 'unit', 'graph'],
  ['Tanh', { maker: 'Tanh' }, 'signed', 'graph'],
  ['scaled up in the graph', { ranges: [range(-60, 40), range(-200, 300), range(-9e3, 9e3)] }, 'bytes', 'trial'],
  ['cut off at 255', { ranges: [range(0, 1), range(0, 3), range(0, 255)] }, 'bytes', 'trial'],
  ['kept in 0…1', { ranges: [range(0, 0.4), range(0, 0.9), range(0, 1)] }, 'unit', 'trial'],
  ['kept in −1…1', { ranges: [range(0, 0), range(-0.9, 0.9), range(-1, 1)] }, 'signed', 'trial'],
  ['follows what goes in', { ranges: [range(0, 0), range(-1, 1), range(0, 250)] }, 'unit', 'default'],
  [
    'the same with figures beside the model',
    { ranges: [range(0, 0), range(-1, 1), range(0, 250)], preprocessing: IMAGENET },
    'normalized',
    'default',
  ],
  ['overflowed', { ranges: [null, null, null] }, 'unit', 'default'],
])('%s', (_, said, value, source) => expect(guess(said)).toMatchObject({ value, source }));

test.each([
  ['unit', 0, 255],
  ['bytes', 0, 1],
  ['signed', 1, 127.5],
] as const)('%s goes in as it comes out: black and white', (values, mean, white) => {
  const { rescaleFactor, mean: means } = inputLike(hint(values, 'default', ''), 3);
  expect(means?.value).toEqual([mean, mean, mean]);
  expect((rescaleFactor?.value ?? 0) * white).toBeCloseTo(1, 12);
});
