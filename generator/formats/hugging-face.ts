import { inFolder, folderOf, modelsIn } from './paths.ts';
import type { Layout } from './source.ts';
import { wholeFirst } from './variants.ts';

const CONFIGS = ['config.json', 'preprocessor_config.json', 'tokenizer.json', 'tokenizer_config.json'];

/** A Hugging Face folder: configurations at the top, models there or in `onnx/`, often the same one in several precisions. */
export const huggingFace: Layout = {
  kind: 'hugging-face',
  title: 'Hugging Face folder',
  choose: ({ files }) => {
    const models = modelsIn(files.keys()).filter((model) => {
      const folder = folderOf(model);
      const top = folder.replace(/(^|\/)onnx$/, '');
      return CONFIGS.some((name) => files.has(inFolder(top, name)) || files.has(inFolder(folder, name)));
    });
    return models.length === 0 ? undefined : wholeFirst(models);
  },
};
