import { posix } from 'node:path';

/** Stems that say nothing: exporters and serving platforms want the file to be called so. */
const PLAIN = /^(model|model[_-](quantized|q4|q4f16|fp16|int8|uint8|bnb4|optimized)|network|saved_model|\d+)$/i;
const ENDINGS = /\.(onnx|zip|mar|tar|tgz|gz)$/i;

/**
 * What a model is called in answers and paths.
 *
 * @param file the model's path; where its own name says nothing, it takes the first that does
 * @param named by the layout: a Triton entry's name
 * @param wrapper the archive or folder that it lies in
 * @returns undefined where nothing says how it is called
 * @example modelName('1/model.onnx', undefined, '/models/mnist.tar.gz') // 'mnist'
 */
export function modelName(file: string, named?: string, wrapper?: string): string | undefined {
  const own = stemOf(file);
  const names = named === undefined ? [own, stemOf(wrapper ?? '')] : [named, own, stemOf(wrapper ?? '')];
  return names
    .filter((name) => !PLAIN.test(name))
    .map(tidy)
    .find((name) => name !== '');
}

/** A part of a path that needs no care. */
const tidy = (name: string): string =>
  name
    .replace(/[^A-Za-z0-9._-]+/g, '-')
    .replace(/^[.-]+/, '')
    .slice(0, 64)
    .replace(/[.-]+$/, '');

function stemOf(path: string): string {
  const name = posix.basename(path.replaceAll('\\', '/'));
  const stem = name.replace(ENDINGS, '');
  return stem === name ? stem : stemOf(stem);
}
