import { hint, type Hint } from '../../hints/hint.ts';
import type { SideFile } from '../../hints/side-files.ts';
import { jsonObject } from '../../hints/side-files.ts';
import { stringAt } from '../../hints/json-fields.ts';
import { sideJson } from '../../text/side-values.ts';
import type { Pooling } from './settings.ts';

/** Keys and words of sentence-transformers. */
const MODES: Readonly<Record<string, Pooling>> = {
  mean: 'mean',
  mean_tokens: 'mean',
  cls: 'cls',
  cls_token: 'cls',
  max: 'max',
  max_tokens: 'max',
  lasttoken: 'last',
  weightedmean: 'weighted-mean',
  weightedmean_tokens: 'weighted-mean',
  mean_sqrt_len_tokens: 'sqrt-mean',
};

/** How a vector a token becomes one a text; undefined where the file beside the model wants what is not there. */
export function poolingHint(sideFiles: readonly SideFile[]): Hint<Pooling> | undefined {
  const config = sideJson(sideFiles, 'pooling');
  if (!config)
    return hint(
      'mean',
      'default',
      'Nothing says how tokens are pooled; the mean is what most models were trained with.',
    );
  const wanted = Object.entries(config).flatMap(([key, value]) =>
    value === true ? [key.replace('pooling_mode_', '')] : [],
  );
  const named = [stringAt(config, 'pooling_mode') ?? [], ...wanted].flat().filter((mode) => !KEPT.has(mode));
  const [mode, ...others] = [...new Set(named.map((one) => MODES[one]))];
  return mode && others.length === 0 ? hint(mode, 'side-file', '1_Pooling/config.json says so.') : undefined;
}

/** Flags that are no modes. */
const KEPT = new Set(['include_prompt']);

/** What of a sentence-transformers model comes after the graph, by the last part of its type. */
export function modulesOf(sideFiles: readonly SideFile[]): readonly string[] | undefined {
  const file = sideFiles.find(({ role }) => role === 'modules');
  // The file is a list, and jsonObject takes objects.
  const list = file && jsonObject(`{"modules": ${file.text}}`)?.['modules'];
  if (!Array.isArray(list)) return undefined;
  return list.map((one: { type?: unknown }) => String(one?.type).split('.').at(-1) ?? '');
}

export function normalizeHint(sideFiles: readonly SideFile[]): Hint<boolean> {
  const modules = modulesOf(sideFiles);
  if (!modules) return hint(true, 'default', 'With length 1 the product of two vectors is their cosine.');
  const normalizes = modules.includes('Normalize');
  return hint(normalizes, 'side-file', `modules.json ${normalizes ? 'ends with it' : 'has no such step'}.`);
}
