import { modelsIn } from './paths.ts';
import type { Layout } from './source.ts';
import { wholeFirst } from './variants.ts';

const CODE = /(^|\/)code\//;

/** SageMaker's model.tar.gz: the model at the top or in a folder, `code/` with the script that served it. */
export const sagemaker: Layout = {
  kind: 'sagemaker',
  title: 'SageMaker model archive',
  choose: ({ files }) => {
    const paths = [...files.keys()];
    if (!paths.some((path) => CODE.test(path))) return undefined;
    const outside = modelsIn(paths.filter((path) => !CODE.test(path)));
    return wholeFirst(outside.length > 0 ? outside : modelsIn(paths));
  },
};
