import { readFileSync } from 'node:fs';
import type { Blueprint } from '../blueprint.ts';
import { packageFile } from '../package-files.ts';

/** The text of src/model-location.ts. */
export function modelLocation({ model: { source } }: Blueprint): string {
  const sample = readFileSync(packageFile('handler-template/src/model-location.ts'), 'utf8');
  const [head = ''] = sample.split('\n', 1);
  return source.kind === 'layer' ? sample : `${head}\nexport { located } from './s3/located.ts';\n`;
}
