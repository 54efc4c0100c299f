import { hint, type Hint, type Hints } from '../../hints/hint.ts';
import type { TensorSpec } from '../../model/spec.ts';
import type { Range } from '../../model/trial.ts';
import type { Preprocessing } from '../../pictures/preprocessing.ts';
import type { ModelFacts } from '../task.ts';
import type { ImageToImage } from './settings.ts';

export type Values = ImageToImage['result']['values'];

/** WinML's `Image.NominalPixelRange`, which says it of pictures on both sides. */
const PIXEL_RANGES: Readonly<Record<string, Values>> = {
  NominalRange_0_255: 'bytes',
  Normalized_0_1: 'unit',
  Normalized_1_1: 'signed',
};
/** Operators whose results have bounds, by the end of their name. */
const MADE_BY: readonly (readonly [RegExp, Values])[] = [
  [/(^|:)(QLinear)?(Sigmoid|HardSigmoid)$/, 'unit'],
  [/(^|:)Tanh$/, 'signed'],
];
/** Where a bound is meant, numbers may miss it by this much. */
const SLACK = 0.01;
/** Numbers of −1…1 that become numbers so far apart are scaled in the graph. */
const SCALED = 16;

/** What the output's numbers are: by its type, the metadata, the operator that makes it, then the numbers of the trial runs. */
export function valuesOf(output: TensorSpec, facts: ModelFacts, said: Hints<Preprocessing>): Hint<Values> {
  return certainValues(output, facts) ?? likelyValues(said);
}

function certainValues({ name, elementType }: TensorSpec, { spec, trial }: ModelFacts): Hint<Values> | undefined {
  if (elementType === 'uint8') return hint('bytes', 'graph', 'The output is bytes.');
  if (elementType === 'int8')
    return hint('normalized', 'graph', 'The output is signed bytes, as the input of such models is.');
  const range = spec.metadata['Image.NominalPixelRange'] ?? '';
  const stated = PIXEL_RANGES[range];
  if (stated) return hint(stated, 'metadata', `The model's metadata says Image.NominalPixelRange ${range}.`);
  const maker = spec.madeBy[name] ?? '';
  const bounded = MADE_BY.find(([pattern]) => pattern.test(maker));
  if (bounded) return hint(bounded[1], 'graph', `The output is made by ${maker}.`);
  const ran = trial?.outputs[name];
  return ran ? byNumbers(ran.ranges) : undefined;
}

/** The runs are fed zeros, numbers of −1…1 and of 0…255. */
function byNumbers([, small, large]: readonly (Range | null)[]): Hint<Values> | undefined {
  if (small && small.max - small.min > SCALED)
    return hint('bytes', 'trial', `In a trial run numbers of −1…1 become ${shown(small)}.`);
  if (!large || large.max - large.min < SLACK) return undefined;
  if (large.min >= 0 && large.max === 255) return hint('bytes', 'trial', 'In a trial run no number is beyond 0…255.');
  if (large.max > 1 + SLACK || large.min < -1 - SLACK) return undefined;
  const signed = large.min < -SLACK || (small?.min ?? 0) < -SLACK;
  const [kind, bounds] = signed ? (['signed', '−1…1'] as const) : (['unit', '0…1'] as const);
  return hint(kind, 'trial', `In trial runs no number is beyond ${bounds}, whatever goes in.`);
}

function likelyValues({ mean, std, rescaleFactor }: Hints<Preprocessing>): Hint<Values> {
  if (mean && std) return hint('normalized', 'default', 'Most models answer in the numbers that they take.');
  return rescaleFactor?.value === 1
    ? hint('bytes', 'default', 'The input takes 0…255.')
    : hint('unit', 'default', 'Nothing says otherwise: 0…1.');
}

const shown = ({ min, max }: Range): string => `${min.toPrecision(3)}…${max.toPrecision(3)}`;

/** How a picture's bytes are scaled where nobody says it: as they come out. */
const INPUT_OF: Readonly<Record<Exclude<Values, 'normalized'>, { readonly factor: number; readonly mean: number }>> = {
  unit: { factor: 1 / 255, mean: 0 },
  bytes: { factor: 1, mean: 0 },
  signed: { factor: 1 / 127.5, mean: 1 },
};

/** What a model takes that gives such values. */
export function inputLike({ value }: Hint<Values>, channels: number): Hints<Preprocessing> {
  if (value === 'normalized') return {};
  const { factor, mean } = INPUT_OF[value];
  const all = (number: number): number[] => Array<number>(channels).fill(number);
  const why = 'As in the picture that comes out.';
  return {
    rescaleFactor: hint(factor, 'default', why),
    mean: hint(all(mean), 'default', why),
    std: hint(all(1), 'default', why),
  };
}
