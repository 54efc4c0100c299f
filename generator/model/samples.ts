import { ToolError } from '../errors.ts';
import type { SamplesAnswer, SamplesRequest } from './child/samples.ts';
import { runChild } from './run-child.ts';

/** Pictures for somebody who has none: each format, upright and lying, larger and smaller than usual models take. */
const SAMPLES = [
  { name: 'sample-landscape.png', width: 320, height: 240, seed: 1 },
  { name: 'sample-portrait.jpg', width: 240, height: 360, seed: 2 },
  { name: 'sample-square.webp', width: 256, height: 256, seed: 3 },
  { name: 'sample-small.png', width: 48, height: 40, seed: 4 },
] as const;

/** Makes a few synthetic pictures: the same bytes every time, with the same version of the encoder. */
export async function makeSamplePictures(
  signal?: AbortSignal,
): Promise<readonly { readonly name: string; readonly bytes: Uint8Array }[]> {
  const outcome = await runChild<SamplesRequest, SamplesAnswer>(
    'generator/model/child/samples.js',
    { samples: SAMPLES },
    { signal, timeout: 60_000 },
  );
  if (outcome.kind === 'answer') return outcome.answer;
  throw new ToolError('RUNTIME_MISSING', {
    what: 'Sample pictures could not be made: sharp does not run on this machine.',
    next: 'npm install --include=optional sharp',
  });
}
