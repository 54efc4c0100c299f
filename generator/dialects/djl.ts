import { pictureDialect } from './picture-dialect.ts';

/** Deep Java Library's serverless example: `{"inputImageUrl"}` → `[{"className", "probability"}, …]`. */
export const djl = pictureDialect({
  title: '{"inputImageUrl"} → [{"className", "probability"}, …], as Deep Java Library has it',
  files: ['djl', 'rename'],
  names: { url: 'inputImageUrl' },
  item: (prediction) => prediction,
  schema: (prediction) => prediction,
  says: 'a list of classes',
});
