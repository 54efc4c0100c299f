import type { Blueprint } from '../../blueprint.ts';
import { breaking, compatible, type Change, type Side } from './change.ts';

type Tensor = Blueprint['model']['inputs'][number];
type Dim = Tensor['dims'][number];

const WORDS = { request: 'input', answer: 'output' } as const;

/** What changed in the tensors that clients of the Open Inference Protocol send (`request`) or get (`answer`), by name. */
export function compareTensors(old: readonly Tensor[], now: readonly Tensor[], side: Side): readonly Change[] {
  const names = [...new Set([...old, ...now].map(({ name }) => name))];
  return names.flatMap((name): readonly Change[] => {
    const at = `${WORDS[side]} ${name}`;
    const [before, after] = [old, now].map((tensors) => tensors.find((one) => one.name === name));
    if (before && after) return compareTensor(before, after, side, at);
    if (before)
      return [
        breaking(
          at,
          'removed',
          side === 'request' ? 'requests that name it are refused' : 'clients that read it find nothing',
        ),
      ];
    return [
      side === 'request'
        ? breaking(at, 'added', 'requests without it are refused')
        : compatible(at, 'added', 'clients pass over what they do not know, or name the outputs that they want'),
    ];
  });
}

function compareTensor(old: Tensor, now: Tensor, side: Side, at: string): readonly Change[] {
  const [before, after] = [old, now].map(({ elementType, declaredType }) => declaredType ?? elementType);
  const type =
    before === after ? [] : [breaking(at, `${before} → ${after}`, 'the values are sent and read as another type')];
  if (old.dims.length !== now.dims.length)
    return [...type, breaking(at, `${shape(old)} → ${shape(now)}`, 'the shape has another number of dims')];
  const dims = old.dims.flatMap((dim, i) => compareDim(dim, now.dims[i] ?? null, side, `${at}, dim ${i}`));
  return [...type, ...dims];
}

const isFixed = (dim: Dim): dim is number => typeof dim === 'number';

function compareDim(old: Dim, now: Dim, side: Side, at: string): readonly Change[] {
  if (isFixed(old) && isFixed(now)) {
    const why = side === 'request' ? 'requests of the old size are refused' : 'answers have another size';
    return old === now ? [] : [breaking(at, `${old} → ${now}`, why)];
  }
  if (isFixed(old) === isFixed(now)) return []; // Names of open sizes are nothing that a client sends.
  const what = `${isFixed(old) ? old : 'any'} → ${isFixed(now) ? now : 'any'}`;
  if (side === 'request')
    return isFixed(now)
      ? [breaking(at, what, 'other sizes are refused')]
      : [compatible(at, what, 'the old size is taken still')];
  return isFixed(now)
    ? [compatible(at, what, 'the size is one that could come before')]
    : [breaking(at, what, 'clients that count on the size get others')];
}

const shape = ({ dims }: Tensor): string => `[${dims.map((dim) => dim ?? '?').join(', ')}]`;
