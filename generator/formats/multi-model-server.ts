import { objectAt, stringAt } from '../hints/json-fields.ts';
import { jsonObject } from '../hints/side-files.ts';
import { modelsIn } from './paths.ts';
import { readText } from './read-text.ts';
import type { Layout } from './source.ts';

const MANIFESTS = ['MAR-INF/MANIFEST.json', 'MANIFEST.json'] as const;

/** Multi Model Server's archive: a manifest that names no model file; `signature.json` and `synset.txt` beside the model. */
export const multiModelServer: Layout = {
  kind: 'multi-model-server',
  title: 'Multi Model Server archive',
  choose: async (tree) => {
    for (const path of MANIFESTS) {
      const manifest = jsonObject((await readText(tree, path)) ?? '');
      const model = objectAt(manifest, 'model') ?? objectAt(manifest, 'Model');
      if (!model) continue;
      const name = stringAt(model, 'modelName') ?? stringAt(model, 'Model-Name');
      return { models: modelsIn(tree.files.keys()), name };
    }
    return undefined;
  },
};
