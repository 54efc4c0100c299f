import fc from 'fast-check';
import ipaddr from 'ipaddr.js';
import { isPublic } from '../../../../handler-template/src/inputs/https/address.ts';
import { policyOf } from '../../../../handler-template/src/inputs/https/policy.ts';
import { targetOf } from '../../../../handler-template/src/inputs/https/url.ts';

const policy = policyOf({});
const bytes = fc.uint8Array({ minLength: 4, maxLength: 4 });

/** Ways to write an IPv4 address that a URL takes. */
const SPELLINGS: Readonly<Record<string, (octets: Uint8Array) => string>> = {
  dotted: (octets) => [...octets].join('.'),
  number: (octets) => String(Buffer.from(octets).readUInt32BE()),
  hexadecimal: (octets) => `0x${Buffer.from(octets).readUInt32BE().toString(16)}`,
  octal: (octets) => [...octets].map((octet) => `0${octet.toString(8)}`).join('.'),
  short: ([a = 0, ...rest]) => `${a}.${Buffer.from(rest).readUIntBE(0, 3)}`,
  root: (octets) => `${[...octets].join('.')}.`,
  wide: (octets) => [...octets].join('。').replace(/\d/g, (digit) => String.fromCodePoint(0xff10 + Number(digit))),
  mapped: (octets) => `[::ffff:${[...octets].join('.')}]`,
  compatible: (octets) => `[::${[...octets].join('.')}]`,
  translated: (octets) => `[64:ff9b::${[...octets].join('.')}]`,
  '6to4': (octets) => `[2002:${Buffer.from(octets).toString('hex').replace(/(.{4})/, '$1:')}::]`,
};
const PLAIN = ['dotted', 'number', 'hexadecimal', 'octal', 'short', 'root', 'wide'];

const taken = (host: string): boolean => {
  try {
    targetOf(`https://${host}/`, policy);
    return true;
  } catch {
    return false;
  }
};

test.each(Object.keys(SPELLINGS))('no address is taken that is not one of the internet: %s', (spelling) => {
  fc.assert(
    fc.property(bytes, (octets) => {
      const isGlobal = new ipaddr.IPv4([...octets]).range() === 'unicast';
      const expected = isGlobal && PLAIN.includes(spelling);
      expect(taken(SPELLINGS[spelling]?.(octets) as string)).toBe(expected);
    }),
  );
});

test('no address of IPv6 is taken for which ipaddr.js knows another purpose, or that nobody was given', () => {
  const words = fc.oneof(
    fc.array(fc.nat(0xffff), { minLength: 8, maxLength: 8 }),
    fc.tuple(fc.constantFrom(...NOTABLE), fc.array(fc.nat(0xffff), { minLength: 7, maxLength: 7 })).map(([a, b]) => [a, ...b]),
    fc.tuple(fc.constantFrom(0, 0x64), fc.nat(0xffff), fc.nat(0xffff)).map(([a, b, c]) => [a, 0, 0, 0, 0, 0, b, c]),
  ); // prettier-ignore
  fc.assert(
    fc.property(words, (parts) => {
      const address = new ipaddr.IPv6(parts);
      const expected = address.range() === 'unicast' && parts[0] !== undefined && parts[0] >> 13 === 1;
      for (const text of [address.toString(), address.toRFC5952String(), address.toNormalizedString()]) {
        expect(taken(`[${text}]`)).toBe(expected);
        expect(isPublic(text)).toBe(expected);
      }
    }),
    { numRuns: 1000 },
  );
});

const NOTABLE = [0, 0x64, 0x100, 0x2000, 0x2001, 0x2002, 0x2606, 0x3fff, 0x4000, 0x5f00, 0xfc00, 0xfd00, 0xfe80, 0xfec0, 0xff02]; // prettier-ignore

test('addresses of the internet are taken, and what is none is not', () => {
  for (const one of ['8.8.8.8', '1.1.1.1', '2606:4700::1111']) expect([one, isPublic(one)]).toEqual([one, true]);
  for (const one of ['', 'x', '8.8.8', '8.8.8.8.8', '::g', '[::1]']) expect([one, isPublic(one)]).toEqual([one, false]);
});

test('where Lambda’s runtime is, nobody is let to: address or name', () => {
  const own = policyOf({ AWS_LAMBDA_RUNTIME_API: '8.8.8.8:9001' });
  expect(own.allowsAddress('8.8.8.8')).toBe(false);
  expect(own.allowsAddress('8.8.4.4')).toBe(true);
  expect(policyOf({ AWS_LAMBDA_RUNTIME_API: 'runtime.example:80' }).allowsHost('runtime.example')).toBe(false);
  expect(policyOf({}).allowsHost('runtime.example')).toBe(true);
});
