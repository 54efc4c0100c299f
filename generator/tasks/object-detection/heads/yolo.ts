import { findLabels } from '../../../hints/find-labels.ts';
import { hint } from '../../../hints/hint.ts';
import { describeTensor } from '../../../hints/describe.ts';
import type { ModelFacts } from '../../task.ts';
import type { Head } from '../settings.ts';
import { canvasOf, floats, lastDims, unitOf, type HeadGuess } from './head-guess.ts';

type Kind = 'yolo-v5' | 'yolo-v8' | 'yolo-end-to-end';
type Rows = Extract<Head, { rows: unknown }>['rows'];

interface Version {
  readonly kind: Kind;
  /** Values of a box before those of the classes. */
  readonly before: number;
  /** Boxes that each cell of the grids has. */
  readonly anchors: number;
  /** As it is exported; the other way round happens. */
  readonly rows: Rows;
}

const VERSIONS: readonly Version[] = [
  { kind: 'yolo-v8', before: 4, anchors: 1, rows: 'values' },
  { kind: 'yolo-v5', before: 5, anchors: 3, rows: 'boxes' },
];

/** Pixels that a cell of each grid covers. */
const STRIDES = [
  [8, 16, 32],
  [8, 16, 32, 64],
  [16, 32],
];

/** What speaks for a head: the number of boxes most, then that of the names, that boxes outnumber values, and the way the matrix lies. */
const WEIGHT = { boxes: 4, names: 2, detect: 2, more: 1.5, rows: 1, few: 0.5 };
const LIKELY = 3;
/** Boxes that a graph leaves at most, as exporters have it. */
const MOST_PICKED = 1000;

interface Matrix {
  readonly output: string;
  readonly rows: Rows;
  readonly boxes: number;
  readonly values: number;
}

/** One matrix with all that there is to know of each box, as the YOLO family has it; the likeliest first. */
export function yoloHeads(facts: ModelFacts): HeadGuess[] {
  const { spec } = facts;
  const { task } = spec.metadata;
  if (task !== undefined && task !== 'detect') return [];
  const [tensor, ...others] = floats(facts).filter(({ dims }) => dims.length === 3);
  const [height, width] = (tensor && lastDims(tensor.dims, 2)) ?? [];
  if (!tensor || others.length > 0 || height === undefined || width === undefined) return [];
  const lying: readonly Matrix[] = [
    { output: tensor.name, rows: 'boxes', boxes: height, values: width },
    { output: tensor.name, rows: 'values', boxes: width, values: height },
  ];
  const found = lying.flatMap((matrix) => [
    ...VERSIONS.flatMap((version) => perClass(version, matrix, facts)),
    ...endToEnd(matrix, facts),
  ]);
  const ranked = found.toSorted((a, b) => b.weight - a.weight);
  const best = ranked.filter(({ kind }, i) => ranked.findIndex((other) => other.kind === kind) === i);
  return best.map(({ kind, weight, matrix: { output, rows }, scores, named }, i) => {
    const why = `${describeTensor(tensor)} is read so${named ? `, with ${named}` : ''}.`;
    const format = kind === 'yolo-end-to-end' ? ('xyxy' as const) : ('cxcywh' as const);
    const unit = unitOf(output, facts, 'pixels', kind === 'yolo-end-to-end' ? namesIn(facts) : 0);
    return {
      head: { kind, output, rows, format, unit: unit.value },
      // That it detects speaks for the best one only.
      likely: weight + (i === 0 && task === 'detect' ? WEIGHT.detect : 0) >= LIKELY,
      scores,
      reasons: [
        { field: 'head', hint: hint(kind, 'graph', why) },
        { field: 'boxFormat', hint: hint(format, 'graph', `So it is for ${kind}.`) },
        { field: 'boxUnit', hint: unit },
      ],
    };
  });
}

interface Found {
  readonly kind: Kind;
  readonly weight: number;
  readonly matrix: Matrix;
  readonly scores: number | undefined;
  readonly named: string;
}

function perClass({ kind, before, anchors, rows }: Version, matrix: Matrix, facts: ModelFacts): Found[] {
  const scores = matrix.values - before;
  if (scores < 1) return [];
  const names = findLabels(facts, scores) !== undefined;
  const boxes = gridsOf(facts).includes(matrix.boxes / anchors);
  const weight =
    (boxes ? WEIGHT.boxes : 0) + (names ? WEIGHT.names : 0) + (matrix.rows === rows ? WEIGHT.rows : 0) + more(matrix);
  const named = [boxes && 'a box for each cell of the grids', names && `${scores} names`].filter(Boolean).join(' and ');
  return [{ kind, weight, matrix, scores, named }];
}

function endToEnd(matrix: Matrix, facts: ModelFacts): Found[] {
  if (matrix.rows !== 'boxes' || matrix.values !== 6) return [];
  const picks = facts.spec.operators['TopK'] ?? facts.spec.operators['NonMaxSuppression'];
  const names = namesIn(facts) > 0;
  const few = matrix.boxes <= MOST_PICKED ? WEIGHT.few : 0;
  const weight = (picks ? WEIGHT.boxes : 0) + (names ? WEIGHT.names : 0) + WEIGHT.rows + more(matrix) + few;
  const named = picks ? 'boxes that the graph picks' : '6 values a box';
  return [{ kind: 'yolo-end-to-end', weight, matrix, scores: undefined, named }];
}

function more({ boxes, values }: Matrix): number {
  return boxes > values ? WEIGHT.more : 0;
}

function namesIn(facts: ModelFacts): number {
  return findLabels(facts)?.value.length ?? 0;
}

/** Cells of the grids that the usual strides make of the input. */
function gridsOf(facts: ModelFacts): number[] {
  const canvas = canvasOf(facts);
  if (!canvas) return [];
  const { height, width } = canvas;
  return STRIDES.map((strides) =>
    strides.reduce((cells, stride) => cells + Math.ceil(height / stride) * Math.ceil(width / stride), 0),
  );
}
