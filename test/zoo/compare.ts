import type { Tensor } from './zoo.ts';

const RELATIVE = 1e-3;
const ABSOLUTE = 1e-4;
/** Integers that JSON.parse would round become text, as the expected answers have them. */
const LONG = /([[,:]\s*)(-?\d{16,})(?=\s*[,\]}])/g;

/** An answer of the Open Inference Protocol, its 64-bit integers whole. */
export const parseAnswer = (text: string): { outputs: readonly Tensor[] } =>
  JSON.parse(text.replace(LONG, '$1"$2"')) as { outputs: readonly Tensor[] };

/** What differs between two lists of tensors, a line each; nothing when they are the same. */
export function differences(got: readonly Tensor[], expected: readonly Tensor[]): string[] {
  return expected.flatMap((want) => {
    const one = got.find(({ name }) => name === want.name);
    if (!one) return [`${want.name} is missing; there are ${got.map(({ name }) => name).join(', ')}`];
    if (kindOf(one) !== kindOf(want)) return [`${want.name} is ${one.datatype}, not ${want.datatype}`];
    if (String(one.shape) !== String(want.shape)) return [`${want.name} is [${one.shape}], not [${want.shape}]`];
    if (one.data.length !== want.data.length) return [`${want.name} has ${one.data.length} values`];
    const at = want.data.findIndex((value, i) => !same(one.data[i], value));
    return at < 0 ? [] : [`${want.name}[${at}] is ${one.data[at]}, not ${want.data[at]}`];
  });
}

/** Precisions of floating point numbers are one kind: a mended model may carry half precision as float32. */
const kindOf = ({ datatype }: Tensor): string => (/^(FP|BF)/.test(datatype) ? 'float' : datatype);

function same(got: unknown, want: number | string | boolean): boolean {
  if (typeof want !== 'number' || !Number.isFinite(Number(got))) return String(got) === String(want);
  return Math.abs(Number(got) - want) <= ABSOLUTE + RELATIVE * Math.abs(want);
}
