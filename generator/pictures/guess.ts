import { firstOf, type Hint, type Hints } from '../hints/hint.ts';
import { describeTensor } from '../hints/describe.ts';
import type { TensorSpec } from '../model/spec.ts';
import type { PictureHints } from '../questions/context.ts';
import type { ModelFacts } from '../tasks/task.ts';
import { imageDefaults } from './defaults.ts';
import { fromSideFiles } from './from-side-files.ts';
import { fromMetadata } from './metadata.ts';
import type { Preprocessing } from './preprocessing.ts';
import { channelsOf, fixedByGraph, graphHints, type FixedByGraph } from './signature.ts';

/** Element types that a picture is fed as; what the graph declares beyond them is cast. */
const FED_AS: readonly TensorSpec['elementType'][] = ['float32', 'float64', 'uint8', 'int8'];
/** What a model of one picture takes, for those whose model does not. */
export const PICTURE_INPUT =
  'one input of float32, float64, float16, uint8 or int8 with 4 dims, N×C×H×W or N×H×W×C, 1 or 3 channels';

/** Why the model's input is not one picture; undefined where it is. */
export function noPicture(facts: ModelFacts): string | undefined {
  const { inputs, spec } = facts;
  const [input, ...others] = inputs;
  const strange = spec.otherValues.find(({ side }) => side === 'input');
  if (strange) return `input ${strange.name} is a ${strange.type}`;
  if (!input || others.length > 0) return `there are ${inputs.length} inputs: ${inputs.map(describeTensor).join(', ')}`;
  if (facts.trial?.ran === false) return `it could not be run on made-up pictures: ${facts.trial.reason}`;
  if (input.dims.length !== 4 || !FED_AS.includes(input.elementType)) return `the input is ${describeTensor(input)}`;
  if (!channelsOf(input, facts)) return `the input has neither 1 nor 3 channels: ${describeTensor(input)}`;
  return undefined;
}

/** How pictures become the tensor, each part with its reason. */
export type PreprocessingHints = { readonly [Key in keyof Preprocessing]: Hint<Preprocessing[Key]> };

export interface PictureGuess {
  readonly input: TensorSpec;
  readonly fixed: FixedByGraph;
  readonly preprocessing: PreprocessingHints;
  readonly settings: Preprocessing;
  readonly hints: PictureHints;
}

/** What a model of one picture takes. @param task what the task says itself, where neither graph nor files do */
export function guessPicture(facts: ModelFacts, task: Hints<Preprocessing> = {}): PictureGuess {
  const [input] = facts.inputs as readonly [TensorSpec];
  const fixed = fixedByGraph(input, facts);
  const said = firstOf<Preprocessing>(
    graphHints(fixed, input),
    fromMetadata(facts.spec.metadata),
    fromSideFiles(facts.sideFiles),
    task,
  );
  const preprocessing = imageDefaults(said, fixed, facts);
  const settings = valuesOf(Object.entries(preprocessing)) as unknown as Preprocessing;
  return { input, fixed, preprocessing, settings, hints: pictureHints(fixed, preprocessing, settings) };
}

/** Height and width that metadata or a file beside the model say. */
export function sizeHint({
  spec,
  sideFiles,
}: Pick<ModelFacts, 'spec' | 'sideFiles'>): { height: number; width: number } | undefined {
  const { width, height } = firstOf<Preprocessing>(fromMetadata(spec.metadata), fromSideFiles(sideFiles));
  return width && height && { width: width.value, height: height.value };
}

function pictureHints(
  { width, height, layout, channels, bytes }: FixedByGraph,
  preprocessing: PreprocessingHints,
  likely: Preprocessing,
): PictureHints {
  const certain = Object.entries(preprocessing).filter(([, { source }]) => source !== 'default');
  return { fixed: { size: [width, height], layout, channels, bytes }, preprocessing: valuesOf(certain), likely };
}

function valuesOf(entries: readonly (readonly [string, { readonly value: unknown }])[]): Partial<Preprocessing> {
  return Object.fromEntries(entries.map(([part, { value }]) => [part, value]));
}
