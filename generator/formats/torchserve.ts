import { jsonObject } from '../hints/side-files.ts';
import { objectAt, stringAt } from '../hints/json-fields.ts';
import { modelsIn } from './paths.ts';
import { readText } from './read-text.ts';
import type { Layout } from './source.ts';

const MANIFEST = 'MAR-INF/MANIFEST.json';

/** TorchServe's model archive: its manifest names the model, `index_to_name.json` the classes. */
export const torchserve: Layout = {
  kind: 'torchserve',
  title: 'TorchServe archive',
  choose: async (tree) => {
    const manifest = jsonObject((await readText(tree, MANIFEST)) ?? '');
    const model = objectAt(manifest, 'model');
    const named = stringAt(model, 'serializedFile');
    if (named === undefined) return undefined;
    const models = modelsIn(tree.files.keys());
    const name = stringAt(model, 'modelName');
    if (tree.files.has(named) && (models.length === 0 || models.includes(named))) return { models: [named], name };
    return { models, name };
  },
};
