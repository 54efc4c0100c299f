import { Validator, type Schema } from '@cfworker/json-schema';
import { ServiceError } from './errors.ts';

/**
 * Makes a check against one of the API's schemas; nothing else gets past it.
 *
 * @returns a function that throws ServiceError INVALID_REQUEST, naming the part that is wrong
 */
export function checkOf(schema: Schema): (value: unknown) => void {
  const alternatives = (schema.anyOf ?? [schema]).map((one: Schema) => ({
    keys: Object.keys(one.properties ?? {}),
    validator: new Validator(one, '4'),
  }));
  return (value) => {
    const { valid, errors } = closest(alternatives, value).validator.validate(value ?? null);
    if (valid) return;
    // The last error is the innermost: the first ones only say that something below is wrong.
    const { instanceLocation, error } = errors.at(-1) ?? { instanceLocation: '#', error: 'does not match the schema.' };
    const place = instanceLocation === '#' ? 'The request' : instanceLocation.slice(2, 102);
    const reason = error === 'False boolean schema.' ? 'is not a known key.' : error.slice(0, 200);
    throw new ServiceError('INVALID_REQUEST', `${place}: ${reason}`);
  };
}

interface Alternative {
  readonly keys: readonly string[];
  readonly validator: Validator;
}

/** Of several kinds of requests the one that shares most keys with what was sent: what is wrong with the others helps nobody. */
function closest(alternatives: readonly Alternative[], value: unknown): Alternative {
  const shared = ({ keys }: Alternative): number =>
    keys.filter((key) => typeof value === 'object' && value !== null && Object.hasOwn(value, key)).length;
  const [first, ...rest] = alternatives as [Alternative, ...Alternative[]];
  return rest.reduce((best, one) => (shared(one) > shared(best) ? one : best), first);
}
