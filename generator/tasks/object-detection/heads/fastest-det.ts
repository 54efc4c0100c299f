import { describeTensor } from '../../../hints/describe.ts';
import { findLabels } from '../../../hints/find-labels.ts';
import { hint } from '../../../hints/hint.ts';
import type { ModelFacts } from '../../task.ts';
import { canvasOf, floats, lastDims, type HeadGuess } from './head-guess.ts';

/** What FastestDet is trained with, and how many of its pixels a cell covers. */
const SIZE = 352;
const STRIDE = 16;

/** One grid [1, 5 + C, H, W] of cells of 16 pixels; maps of other models look the same, so the size or the names must fit too. */
export function fastestDetHeads(facts: ModelFacts): HeadGuess[] {
  const [tensor, ...others] = floats(facts);
  const [channels = 0, rows = 0, columns = 0] = (tensor?.dims.length === 4 && lastDims(tensor.dims, 3)) || [];
  const canvas = canvasOf(facts);
  const scores = channels - 5;
  if (!tensor || !canvas || others.length > 0 || scores < 1) return [];
  if (rows * STRIDE !== canvas.height || columns * STRIDE !== canvas.width) return [];
  const names = findLabels(facts, scores) !== undefined;
  const usual = canvas.width === SIZE && canvas.height === SIZE;
  return [
    {
      head: { kind: 'fastest-det', output: tensor.name },
      likely: usual || names,
      scores,
      reasons: [
        { field: 'head', hint: hint('fastest-det', 'graph', `${describeTensor(tensor)} has a cell for 16 pixels.`) },
      ],
    },
  ];
}
