import fc from 'fast-check';

/** Text that some reader of YAML takes for something else. */
export const TRAPS = [
  ': # !Sub ${}', 'yes', 'No', 'off', 'ON', 'y', 'n', '~', 'null', '12:30', '12:30:45', '2001-12-14', '2001-12-14t21:59:43Z', '0o17', '017',
  '0b1', '0x1F', '1_000', '1e3', '.inf', '-.Inf', '.NaN', '=', '<<', '!Ref x', '!!binary aGk=', '&a', '*a', '- a', '? a', '| a', '> a', '%TAG',
  '@a', '`a`', '[a', '{a', 'a: b', 'a #b', '#a', ' a', 'a ', '\ta', 'a\tb', 'a\nb', '\n', 'a\n\n', '"', "'", '\\', '', '---', '...', '\u0085', '\u2028',
  '\ufeff', '\u0000', '\u007f', 'é', '😀', '__proto__', 'constructor', 'Fn::Sub', 'Ref', '123456789012', '0.0', '-0', '+1', '1.', 'true ',
] as const; // prettier-ignore

const text = fc.oneof(fc.constantFrom(...TRAPS), fc.string({ unit: 'grapheme' }), fc.string({ unit: 'binary' })).filter(
  (candidate) => !/\p{Surrogate}/u.test(candidate), // a lone surrogate is no character, and no file can hold it
);
/** Any value that a file may hold, with the text that readers stumble over. */
export const yamlValue = fc.letrec((tie) => ({
  any: fc.oneof({ maxDepth: 4 }, tie('scalar'), tie('list'), tie('map')),
  scalar: fc.oneof(
    text,
    fc.integer(),
    fc.constantFrom(1e21, 5e-324, -1e-7, 1.5e300, 2 ** 53, -0),
    fc.double({ noNaN: true, noDefaultInfinity: true }),
    fc.boolean(),
    fc.constant(null),
  ),
  list: fc.array(tie('any'), { maxLength: 4 }),
  map: fc.dictionary(
    text.filter((key) => key !== '__proto__'),
    tie('any'),
    { maxKeys: 4, noNullPrototype: true },
  ),
})).any;
