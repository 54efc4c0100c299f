import { basename } from 'node:path';
import type { Preprocessing } from './preprocessing.ts';
import { hint, type Hints } from '../hints/hint.ts';
import { fromPreprocessorConfig } from './hugging-face.ts';
import type { Json } from '../hints/json-fields.ts';
import { jsonObject, type SideFile, type SideRole } from '../hints/side-files.ts';
import { fromMultiModelServer } from './multi-model-server.ts';
import { fromTimmConfig } from './timm.ts';

const READERS: Readonly<Partial<Record<SideRole, (config: Json) => Partial<Preprocessing>>>> = {
  preprocessor: fromPreprocessorConfig,
  config: fromTimmConfig,
  signature: fromMultiModelServer,
};

/** What the files beside a model say of its pictures: the first file that says something counts. */
export function fromSideFiles(sideFiles: readonly SideFile[]): Hints<Preprocessing> {
  for (const { role, path, text } of sideFiles) {
    const read = READERS[role];
    const config = read && jsonObject(text);
    const said = (config && read(config)) ?? {};
    const fields = Object.entries(said).filter(([, value]) => value !== undefined);
    if (fields.length === 0) continue;
    const why = `${basename(path)} lies beside the model.`;
    return Object.fromEntries(
      fields.map(([key, value]) => [key, hint(value, 'side-file', why)]),
    ) as Hints<Preprocessing>;
  }
  return {};
}
