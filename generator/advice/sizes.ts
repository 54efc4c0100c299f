import type { Blueprint } from '../blueprint.ts';
import { megabytes } from '../megabytes.ts';
import { LIMITS } from '../template/limits.ts';

type Architecture = Blueprint['function']['architecture'];

/** Bytes of the runtime layer's packages once runtime/prune.mjs is through, with all that they need. */
const PACKAGES: Readonly<Record<Architecture, Readonly<Record<string, number>>>> = {
  arm64: { 'onnxruntime-node': 25_610_000, sharp: 19_280_000 },
  x86_64: { 'onnxruntime-node': 46_300_000, sharp: 19_540_000 },
};

/** The bundled handler with its source map, rounded up. */
const FUNCTION = 1_000_000;

/** What the three parts of a project will weigh, unzipped, against Lambda's limit. The model's is exact, the rest known within a few per cent. */
export interface ExpectedSizes {
  readonly function: number;
  readonly runtime: number;
  readonly model: number;
  readonly together: number;
  readonly limit: number;
  readonly fits: boolean;
}

/** @param packages of the runtime layer */
export function expectedSizes(model: number, packages: readonly string[], architecture: Architecture): ExpectedSizes {
  const runtime = packages.reduce((sum, name) => sum + (PACKAGES[architecture][name] ?? 0), 0);
  const together = FUNCTION + runtime + model;
  const limit = LIMITS.unzipped.max;
  return { function: FUNCTION, runtime, model, together, limit, fits: together <= limit };
}

/** Why a model can't lie in a layer; undefined where it can. */
export function tooLargeForLayer({ fits, model, runtime, limit }: ExpectedSizes): string | undefined {
  if (fits) return undefined;
  return `the model has ${megabytes(model)}, and the runtime beside it ${megabytes(runtime)} of the ${megabytes(limit)} that Lambda unpacks`;
}
