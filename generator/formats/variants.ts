import { posix } from 'node:path';
import { folderOf } from './paths.ts';
import type { Choice } from './source.ts';

/** What exporters append to the name of a model that they saved once more, smaller or faster. */
const SUFFIX = /_(quantized|optimized|fp16|int8|uint8|bnb4|q4|q8|q4f16|O[1-4])$/i;

const stem = (path: string): string => posix.basename(path).replace(/\.onnx$/i, '');

/** Of one model in several precisions, in one folder, the one that was not converted; others stay as they are. */
export function wholeFirst(models: readonly string[]): Choice {
  const ofWhich = (model: string): string | undefined =>
    models.find(
      (other) =>
        other !== model &&
        folderOf(other) === folderOf(model) &&
        SUFFIX.test(stem(model)) &&
        stem(model).replace(SUFFIX, '') === stem(other),
    );
  const variants = models.filter((model) => ofWhich(model) !== undefined);
  const names = variants.map((model) => posix.basename(model)).join(', ');
  return {
    models: models.filter((model) => !variants.includes(model)),
    more: variants.length > 0 ? `Left aside: ${names}.` : undefined,
  };
}
