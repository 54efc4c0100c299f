import { readFileSync } from 'node:fs';
import type { Blueprint } from '../blueprint.ts';
import { packageFile } from '../package-files.ts';

/** What fetches the model. */
const FOLDERS: Readonly<Record<Blueprint['model']['source']['kind'], string | undefined>> = {
  layer: undefined,
  s3: 's3',
  https: 'web-model',
};

/** The text of src/model-location.ts. */
export function modelLocation({ model: { source } }: Blueprint): string {
  const sample = readFileSync(packageFile('handler-template/src/model-location.ts'), 'utf8');
  const [head = ''] = sample.split('\n', 1);
  const folder = FOLDERS[source.kind];
  return folder === undefined ? sample : `${head}\nexport { located } from './${folder}/located.ts';\n`;
}
