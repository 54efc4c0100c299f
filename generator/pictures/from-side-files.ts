import { basename } from 'node:path';
import type { Preprocessing } from './preprocessing.ts';
import { hint, type Hints } from '../hints/hint.ts';
import { fromPreprocessorConfig } from './hugging-face.ts';
import { jsonObject, type SideFile } from '../hints/side-files.ts';
import { fromTimmConfig } from './timm.ts';

/** What the files beside a model say of its pictures: the first file that says something counts. */
export function fromSideFiles(sideFiles: readonly SideFile[]): Hints<Preprocessing> {
  for (const { role, path, text } of sideFiles) {
    const config = role === 'labels' ? undefined : jsonObject(text);
    if (!config) continue;
    const said = role === 'preprocessor' ? fromPreprocessorConfig(config) : fromTimmConfig(config);
    const fields = Object.entries(said).filter(([, value]) => value !== undefined);
    if (fields.length === 0) continue;
    const why = `${basename(path)} lies beside the model.`;
    return Object.fromEntries(
      fields.map(([key, value]) => [key, hint(value, 'side-file', why)]),
    ) as Hints<Preprocessing>;
  }
  return {};
}
