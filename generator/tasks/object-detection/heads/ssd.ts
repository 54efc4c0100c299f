import { findLabels } from '../../../hints/find-labels.ts';
import { hint, type Hint } from '../../../hints/hint.ts';
import type { ModelFacts } from '../../task.ts';
import type { Head } from '../settings.ts';
import { floats, lastDims, unitOf, type HeadGuess } from './head-guess.ts';

type Ssd = Extract<Head, { kind: 'ssd' }>;

const BOXES = /box|loc|bbox/i;
const SCORES = /score|conf|prob|class|cls|logit/i;
const BACKGROUND = /^(_*background_*|bg|none|n\/a)$/i;

/** Two matrices with a row a box: [N, 4], and [N, K] with the scores. */
export function ssdHeads(facts: ModelFacts): HeadGuess[] {
  const matrices = floats(facts).flatMap(({ name, dims }) => {
    const [rows, width] = (dims.length === 3 && lastDims(dims, 2)) || [];
    return rows === undefined || width === undefined ? [] : [{ name, rows, width }];
  });
  const fours = matrices.filter(({ width }) => width === 4);
  const boxes = fours.find(({ name }) => BOXES.test(name)) ?? fours[0];
  const scores = matrices.filter((one) => one !== boxes && one.rows === boxes?.rows);
  const scored = scores.find(({ name }) => SCORES.test(name)) ?? scores[0];
  if (!boxes || !scored) return [];
  const background = backgroundOf(scored.name, scored.width, facts);
  const activation = activationOf(scored.name, background.value, facts);
  const detr = /^(pred_)?logits/i.test(scored.name);
  const format = detr
    ? hint('cxcywh' as const, 'graph', `${boxes.name} and ${scored.name} are what DETR calls its outputs.`)
    : hint('xyxy' as const, 'default', 'Corners, as most have them.');
  const unit = unitOf(boxes.name, facts, 'normalized');
  return [
    {
      head: {
        kind: 'ssd',
        boxes: boxes.name,
        scores: scored.name,
        activation: activation.value,
        background: background.value,
        format: format.value,
        unit: unit.value,
      },
      likely: BOXES.test(boxes.name) && SCORES.test(scored.name),
      scores: scored.width,
      reasons: [
        {
          field: 'head',
          hint: hint('ssd', 'graph', `${boxes.name} has 4 numbers a row, ${scored.name} as many rows.`),
        },
        { field: 'boxFormat', hint: format },
        { field: 'boxUnit', hint: unit },
        { field: 'background', hint: background },
        { field: 'activation', hint: activation },
      ],
    },
  ];
}

function backgroundOf(output: string, scores: number, facts: ModelFacts): Hint<Ssd['background']> {
  const all = findLabels(facts, scores)?.value;
  if (all && BACKGROUND.test(all[0] ?? '')) return hint('first', 'side-file', 'The first name is the background.');
  if (all && BACKGROUND.test(all.at(-1) ?? '')) return hint('last', 'side-file', 'The last name is the background.');
  if (scores === 1) return hint('none', 'graph', 'There is one score a box.');
  const detr = /^(pred_)?logits/i.test(output);
  if (all && !detr) return hint('none', 'side-file', `There are ${scores} names.`);
  if (/(^|:)Sigmoid$/.test(facts.spec.madeBy[output] ?? ''))
    return hint('none', 'graph', 'Each class has a score of its own.');
  if (detr)
    return all ? hint('none', 'side-file', `There are ${scores} names.`) : hint('last', 'default', 'As DETR has it.');
  return hint('first', 'default', 'As SSD has it.');
}

function activationOf(
  output: string,
  background: Ssd['background'],
  { spec, trial }: ModelFacts,
): Hint<Ssd['activation']> {
  const maker = spec.madeBy[output] ?? '';
  if (/(^|:)(Softmax|Sigmoid)$/.test(maker)) return hint('none', 'graph', `The scores are made by ${maker}.`);
  const range = trial?.outputs[output]?.range;
  if (range && range.min >= 0 && range.max <= 1) return hint('none', 'trial', 'In trial runs scores are from 0 to 1.');
  const value = background === 'none' ? 'sigmoid' : 'softmax';
  return hint(
    value,
    'default',
    `Scores are no probabilities, and ${background === 'none' ? 'no' : 'one'} class is the background.`,
  );
}
