import Negotiator from 'negotiator';
import { ServiceError } from '../../errors.ts';

/**
 * What an answer shall be, by an Accept header with its wildcards and q values.
 *
 * @param offered content types that the answer may have, best first
 * @example preferred('image/webp, image/jpeg;q=0.8, *\/*;q=0.1', ['image/png', 'image/jpeg']) // 'image/jpeg'
 * @throws ServiceError NOT_ACCEPTABLE
 */
export function preferred<Type extends string>(accept: string | undefined, offered: readonly Type[]): Type {
  const type = new Negotiator({ headers: { accept } }).mediaType(offered);
  if (type !== undefined) return type as Type;
  throw new ServiceError('NOT_ACCEPTABLE', `The answer can be ${offered.join(', ')}, and Accept takes none of them.`);
}
