import Table from 'cli-table3';
import type { TensorSpec } from '../model/spec.ts';
import type { Trial } from '../model/trial.ts';
import type { Reason } from '../tasks/task.ts';
import { answerWarning } from '../advice/answer-size.ts';
import { tooLargeForLayer } from '../advice/sizes.ts';
import { megabytes, shareOf } from '../megabytes.ts';
import type { Inspection } from './inspection.ts';

/** What `inspect` prints for people, as tables as wide as the terminal. */
export function inspectionTables(inspection: Inspection, out: { isTTY?: boolean; columns?: number }): string {
  const width = out.isTTY ? (out.columns ?? 100) : 120;
  const { spec, trial, guess, misfit, signature } = inspection;
  const parts: (string | undefined)[] = [
    pairs('Model', modelRows(inspection)),
    grid(
      ['', 'name', 'type', 'dims', 'served as', 'in the trial run'],
      [
        ...spec.inputs.map((tensor) => ['input', ...tensorCells(tensor), servedText(tensor, signature.inputs), dimsText(trial?.inputs[tensor.name])]),
        ...spec.outputs.map((tensor) => ['output', ...tensorCells(tensor), servedText(tensor, signature.outputs), dimsText(trial?.outputs[tensor.name]?.dims)]),
        ...spec.otherValues.map(({ side, name, type }) => [side, name, type, '', servedText({ name }, [...signature.inputs, ...signature.outputs]), '']),
      ],
    ),
    pairs('Operators', [['', operatorsText(spec.operators)]], width),
    pairs('Metadata', Object.entries(spec.metadata).map(([key, value]) => [key, shorten(value)]), width),
    pairs('Will be mended', mendingRows(inspection), width),
    guess
      ? grid(['Task', guess.kind, 'because'], guess.reasons.map(reasonCells), width)
      : `Task: ${misfit ?? 'none'}\n`,
    pairs('On Lambda', lambdaRows(inspection), width),
  ];
  return `${parts.filter(Boolean).join('\n')}\n`;
} // prettier-ignore

function modelRows({ source, spec, trial }: Inspection): [string, string][] {
  const rows: [string, string | undefined][] = [
    ['file', source.path],
    ['model in it', source.member],
    ['size', `${sizeText(spec.bytes)}${spec.externalBytes ? ` + ${sizeText(spec.externalBytes)} beside it` : ''}`],
    ['external data', spec.externalData.join(', ')],
    ['sha256', spec.sha256],
    ['parameters', spec.parameters.toLocaleString('en')],
    ['producer', spec.producer],
    ['graph', spec.graphName],
    ['IR version', String(spec.irVersion)],
    ['opsets', Object.entries(spec.opsets).map(([domain, version]) => `${domain} ${version}`).join(', ')],
    ['trial run', trial && trialText(trial)],
  ]; // prettier-ignore
  return rows.filter((row): row is [string, string] => Boolean(row[1]));
}

function trialText({ loadMs, runMs, ran, reason }: Trial): string {
  return `loads in ${loadMs.toFixed(0)} ms, ${ran ? `runs in ${runMs.toFixed(1)} ms` : `takes nothing made up: ${reason}`}`;
}

/** What it will take there: the parts, the memory, the answer. */
function lambdaRows({ sizes, answer, memory }: Inspection): [string, string][] {
  const rows: [string, string | undefined][] = [
    ...Object.entries(sizes).map(([architecture, size]): [string, string] => [
      `function and layers, ${architecture}`,
      [
        `${shareOf(size.together, size.limit)}: model ${megabytes(size.model)}, runtime about ${megabytes(size.runtime)}`,
        tooLargeForLayer(size) && 'too large for a layer',
      ].filter(Boolean).join('; '),
    ]),
    ['memory', `${memory.recommended} MB, no less than ${memory.atLeast} MB: ${memory.why}`],
    ['answer', answer && `all outputs as JSON tensors: about ${shareOf(answer.bytes, answer.limit)}`],
    ['', answer && answerWarning(answer)],
  ];
  return rows.filter((row): row is [string, string] => Boolean(row[1]));
} // prettier-ignore

/** How a tensor of the file is served, where that is otherwise. */
function servedText(tensor: Pick<TensorSpec, 'name'> & Partial<TensorSpec>, served: readonly TensorSpec[]): string {
  const other = served.find(({ name }) => name === tensor.name);
  if (!other) return 'left out';
  const [, type = '', dims = ''] = tensorCells(other);
  const same = tensor.elementType === other.elementType && tensor.dims && dimsOf(tensor.dims) === dims;
  return same ? '' : `${type} ${dims}`;
}

/** One row a kind of mending: a model may list hundreds of weights as inputs. */
function mendingRows({ spec: { mendings } }: Inspection): [string, string][] {
  const kinds = [...new Set(mendings.map(({ kind }) => kind))];
  return kinds.map((kind) => {
    const same = mendings.filter((mending) => mending.kind === kind);
    const names = same.slice(0, 5).map(({ tensor }) => tensor).join(', ');
    return [kind, `${names}${same.length > 5 ? `, … (${same.length})` : ''}: ${same[0]?.why ?? ''}`];
  }); // prettier-ignore
}

function reasonCells({ field, hint: { value, source, why } }: Reason): string[] {
  return [field, shorten(valueText(value)), source === 'default' ? `default: ${why}` : why];
}

function valueText(value: unknown): string {
  if (Array.isArray(value) && value.length > 5) return `${value.slice(0, 3).join(', ')}, … (${value.length})`;
  if (typeof value === 'number') return String(Number(value.toPrecision(6)));
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

function tensorCells({ name, elementType, dims }: TensorSpec): string[] {
  return [name, elementType, dimsOf(dims)];
}

const dimsOf = (dims: TensorSpec['dims']): string => dims.map((dim) => dim ?? '?').join(' × ') || 'scalar';

function dimsText(dims: readonly number[] | undefined): string {
  return dims?.join(' × ') ?? '';
}

function operatorsText(operators: Readonly<Record<string, number>>): string {
  return Object.entries(operators)
    .sort(([, a], [, b]) => b - a)
    .map(([name, count]) => `${name} ${count}`)
    .join(', ');
}

function sizeText(bytes: number): string {
  if (bytes < 1e3) return `${bytes} bytes`;
  return bytes < 1e6 ? `${(bytes / 1e3).toFixed(1)} kB` : `${(bytes / 1e6).toFixed(1)} MB`;
}

const LONGEST = 200;

function shorten(text: string): string {
  // Metadata is anybody's text: no escape sequences on somebody's terminal.
  const plain = text.replace(/[\u0000-\u001f\u007f-\u009f]+/g, ' ');
  return plain.length > LONGEST ? `${plain.slice(0, LONGEST)}…` : plain;
}

function pairs(title: string, rows: readonly (readonly [string, string])[], width?: number): string | undefined {
  return rows.length === 0 ? undefined : grid([title, ''], rows.map((row) => [...row]), width); // prettier-ignore
}

/** A table whose last column wraps where the terminal ends. */
function grid(head: string[], rows: readonly string[][], width?: number): string {
  const widest = head.map((_, i) => Math.max(...[head, ...rows].map((row) => row[i]?.length ?? 0)));
  const before = widest.slice(0, -1).reduce((sum, column) => sum + column + 3, 0);
  const last = width === undefined ? undefined : Math.min((widest.at(-1) ?? 0) + 2, Math.max(24, width - before - 2));
  const table = new Table({
    head,
    style: { head: [], border: [], compact: true },
    ...(last !== undefined && { colWidths: [...head.slice(1).map(() => null), last], wordWrap: true }),
  });
  table.push(...rows.map((row) => [...row]));
  return table.toString();
}
