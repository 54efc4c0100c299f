import { own } from '../own.ts';
import type { Dim, Signature, TensorSpec } from './spec.ts';
import type { Trial } from './trial.ts';

/**
 * The served model, or its signature, with the signature that is true: exporters leave wrong shapes, which the runtime only warns of, and ranks that only a
 * run tells. Without a run it is what the file says.
 */
export function measured<Sides extends Pick<Signature, 'inputs' | 'outputs'>>(mended: Sides, trial: Trial, unknownRank: readonly string[]): Sides {
  const inputs = mended.inputs.map((tensor): TensorSpec => {
    if (!unknownRank.includes(tensor.name)) return tensor;
    return { ...tensor, anyRank: true, dims: (own(trial.inputs, tensor.name) ?? []).map(() => null) };
  });
  if (!trial.ran) return { ...mended, inputs };
  const symbols = boundSymbols(inputs, trial);
  const fixed = inputs.every(({ dims, anyRank }) => !anyRank && dims.every(isFixed));
  const outputs = mended.outputs.map((tensor): TensorSpec => {
    const ran = own(trial.outputs, tensor.name);
    if (!ran) return tensor;
    /** What was measured holds always only where no input can have another shape and the values decide nothing. */
    const known = (size: number, place: number): Dim => (fixed && !ran.varies.includes(place) ? size : null);
    const declared = tensor.dims.length === ran.dims.length ? tensor.dims : ran.dims.map(() => null);
    const dims = ran.dims.map((size, place): Dim => {
      const dim = declared[place] ?? null;
      const said = typeof dim === 'string' ? symbols.get(dim) : dim;
      const wrong = typeof said === 'number' && (said !== size || ran.varies.includes(place));
      return wrong || dim === null ? known(size, place) : dim;
    });
    return { ...tensor, dims };
  });
  return { ...mended, inputs, outputs };
} // prettier-ignore

const isFixed = (dim: Dim): boolean => typeof dim === 'number';

/** What each symbol of the inputs was in the trial run. */
function boundSymbols(inputs: readonly TensorSpec[], trial: Trial): Map<string, number> {
  return new Map(
    inputs.flatMap(({ name, dims }) =>
      dims.flatMap((dim, place) => {
        const size = own(trial.inputs, name)?.[place];
        return typeof dim === 'string' && size !== undefined ? [[dim, size] as const] : [];
      }),
    ),
  );
}
