import { Validator } from '@cfworker/json-schema';
import { ServiceError } from './errors.ts';

/**
 * Makes a check against one of the API's schemas; nothing else gets past it.
 *
 * @returns a function that throws ServiceError INVALID_REQUEST, naming the part that is wrong
 */
export function checkOf(schema: object): (value: unknown) => void {
  const validator = new Validator(schema, '4');
  return (value) => {
    const { valid, errors } = validator.validate(value ?? null);
    if (valid) return;
    // The last error is the innermost: the first ones only say that something below is wrong.
    const { instanceLocation, error } = errors.at(-1) ?? { instanceLocation: '#', error: 'does not match the schema.' };
    const place = instanceLocation === '#' ? 'The request' : instanceLocation.slice(2, 102);
    const reason = error === 'False boolean schema.' ? 'is not a known key.' : error.slice(0, 200);
    throw new ServiceError('INVALID_REQUEST', `${place}: ${reason}`);
  };
}
