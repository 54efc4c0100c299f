import { modelsIn } from './paths.ts';
import type { Layout } from './source.ts';
import { wholeFirst } from './variants.ts';

/** Files that lie in no way we know: the model is the one that ends in .onnx. */
export const files: Layout = {
  kind: 'files',
  title: 'folder of files',
  choose: (tree) => wholeFirst(modelsIn(tree.files.keys())),
};
