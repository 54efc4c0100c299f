import { findLabels } from '../../../hints/find-labels.ts';
import { hint, type Hint } from '../../../hints/hint.ts';
import type { TensorSpec } from '../../../model/spec.ts';
import type { ModelFacts } from '../../task.ts';
import { shaped, unitOf, type HeadGuess } from './head-guess.ts';

const WHOLE = /^u?int/;
const TENSORFLOW = /^(detection_|num_detections)/i;
/** Names of outputs, surest first. */
const NAMES = {
  boxes: [/^detection_boxes/i, /^(?!raw|pred).*box/i],
  scores: [/^detection_scores/i, /^(?!raw|multi).*(score|conf|prob)/i],
  labels: [/^detection_classes/i, /label|class/i],
  count: [/^num_?(detections|boxes|dets)/i],
};

/** Boxes, scores and classes as outputs of their own: torchvision's [M, 4], [M], [M], and with a batch those of TensorFlow. */
export function detectionsHeads(facts: ModelFacts): HeadGuess[] {
  const tensors = shaped(facts);
  const boxes = pick(NAMES.boxes, tensors.filter(isBoxes)) ?? tensors.find(isBoxes);
  if (!boxes) return [];
  const rows = tensors.filter(
    (one) => one !== boxes && one.dims.length === boxes.dims.length - 1 && sameRows(one, boxes),
  );
  const labels = pick(NAMES.labels, rows) ?? rows.find(({ elementType }) => WHOLE.test(elementType));
  const floats = rows.filter((one) => one !== labels && one.elementType === 'float32');
  const scores = pick(NAMES.scores, floats) ?? floats[0];
  if (!labels || !scores) return [];
  const count = pick(NAMES.count, tensors);
  const tensorflow = TENSORFLOW.test(boxes.name);
  const format = tensorflow
    ? hint('yxyx' as const, 'graph', `TensorFlow's ${boxes.name} has y first.`)
    : hint('xyxy' as const, 'default', 'Corners, as torchvision has them.');
  const unit = tensorflow
    ? hint('normalized' as const, 'graph', `TensorFlow's ${boxes.name} are parts of the picture.`)
    : unitOf(boxes.name, facts, 'pixels');
  const firstClass = firstClassOf(labels.name, facts);
  return [
    {
      head: {
        kind: 'detections',
        boxes: boxes.name,
        scores: scores.name,
        labels: labels.name,
        ...(count && { count: count.name }),
        firstClass: firstClass.value,
        format: format.value,
        unit: unit.value,
      },
      likely: true,
      scores: undefined,
      reasons: [
        {
          field: 'head',
          hint: hint(
            'detections',
            'graph',
            `${boxes.name}, ${scores.name} and ${labels.name} are outputs of their own.`,
          ),
        },
        { field: 'boxFormat', hint: format },
        { field: 'boxUnit', hint: unit },
        { field: 'firstClass', hint: firstClass },
      ],
    },
  ];
}

function isBoxes({ elementType, dims }: TensorSpec): boolean {
  return elementType === 'float32' && dims.at(-1) === 4 && (dims.length === 2 || dims.length === 3);
}

/** As many rows as boxes, as far as that is known. */
function sameRows({ dims }: TensorSpec, boxes: TensorSpec): boolean {
  const [own, wanted] = [dims.at(-1), boxes.dims.at(-2)];
  return typeof own !== 'number' || typeof wanted !== 'number' || own === wanted;
}

/** The tensor whose name says the most. */
function pick(names: readonly RegExp[], tensors: readonly TensorSpec[]): TensorSpec | undefined {
  return names.flatMap((pattern) => tensors.filter(({ name }) => pattern.test(name)))[0];
}

/** Whether 0 is a class: by the names, then by the numbers of the trial runs. */
function firstClassOf(output: string, facts: ModelFacts): Hint<0 | 1> {
  const names = findLabels(facts)?.value ?? [];
  const range = facts.trial?.outputs[output]?.range;
  if (/^(_*background_*|bg|n\/a)$/i.test(names[0] ?? ''))
    return hint(0, 'side-file', 'The first name is that of the background.');
  if (range?.min === 0) return hint(0, 'trial', 'In trial runs there are boxes of class 0.');
  if (range && names.length > 0 && range.max === names.length)
    return hint(1, 'trial', `In trial runs there are boxes of class ${range.max}, with ${names.length} names.`);
  return hint(1, 'default', 'torchvision and TensorFlow count from 1, 0 being the background.');
}
