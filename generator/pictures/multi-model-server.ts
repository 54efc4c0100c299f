import { isObject } from '../hints/side-files.ts';
import { positivesAt, type Json } from '../hints/json-fields.ts';
import type { Preprocessing } from './preprocessing.ts';

/**
 * What Multi Model Server's signature.json says: its vision service stretches a picture to the shape of the first input, channels first.
 * A batch of 0 stands for any.
 */
export function fromMultiModelServer({ inputs }: Json): Partial<Preprocessing> {
  const [first] = Array.isArray(inputs) ? (inputs as unknown[]) : [];
  const shape = isObject(first) && Array.isArray(first['data_shape']) ? first['data_shape'].slice(1) : [];
  const [channels, height, width, ...more] = positivesAt({ shape }, 'shape') ?? [];
  if (channels === undefined || channels > 4 || height === undefined || width === undefined || more.length > 0)
    return {};
  return { height, width, resize: { kind: 'stretch' } };
}
