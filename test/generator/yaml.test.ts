import fc from 'fast-check';
import { ToolError } from '../../generator/errors.ts';
import { parseYaml, stringifyYaml } from '../../generator/yaml.ts';

const read = (text: string): unknown => parseYaml(text, 'file.yaml');

/** Text that some reader of YAML takes for something else. */
export const TRAPS = [
  ': # !Sub ${}', 'yes', 'No', 'off', 'ON', 'y', 'n', '~', 'null', '12:30', '12:30:45', '2001-12-14', '2001-12-14t21:59:43Z', '0o17', '017',
  '0b1', '0x1F', '1_000', '1e3', '.inf', '-.Inf', '.NaN', '=', '<<', '!Ref x', '!!binary aGk=', '&a', '*a', '- a', '? a', '| a', '> a', '%TAG',
  '@a', '`a`', '[a', '{a', 'a: b', 'a #b', '#a', ' a', 'a ', '\ta', 'a\nb', '\n', 'a\n\n', '"', "'", '\\', '', '---', '...', '\u0085', '\u2028',
  '\ufeff', '\u0000', '\u007f', 'é', '😀', '__proto__', 'constructor', 'Fn::Sub', 'Ref', '123456789012', '0.0', '-0', '+1', '1.', 'true ',
] as const; // prettier-ignore

const text = fc.oneof(fc.constantFrom(...TRAPS), fc.string({ unit: 'grapheme' }), fc.string({ unit: 'binary' })).filter(
  (candidate) => !/\p{Surrogate}/u.test(candidate), // a lone surrogate is no character, and no file can hold it
);
const value = fc.letrec((tie) => ({
  any: fc.oneof({ maxDepth: 4 }, tie('scalar'), tie('list'), tie('map')),
  scalar: fc.oneof(
    text,
    fc.integer(),
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

describe('stringifyYaml', () => {
  test('what is written is read as it was', () => {
    fc.assert(
      fc.property(value, (written) => expect(read(stringifyYaml(written))).toEqual(written)),
      { numRuns: 500 },
    );
  });

  test.each(TRAPS)('%j stays text, as a value and as a key', (trap) => {
    if (trap !== '__proto__') expect(read(stringifyYaml({ [trap]: [trap] }))).toEqual({ [trap]: [trap] });
    expect(read(stringifyYaml({ key: trap }))).toStrictEqual({ key: trap });
  });

  test('one value in two places is written twice, and long text in one line', () => {
    const shared = { a: 'x '.repeat(200).trim() };
    expect(stringifyYaml({ one: shared, two: shared })).toBe(`one:\n  a: ${shared.a}\ntwo:\n  a: ${shared.a}\n`);
  });

  test('a header and comments stand above what they explain, and change nothing', () => {
    const comments = [
      { at: ['a', '/b'], text: ' why' },
      { at: ['nowhere', 'else'], text: ' lost' },
    ];
    const written = stringifyYaml({ a: { '/b': 1 } }, ' Made by hand', comments);
    expect(written).toBe('# Made by hand\n\na:\n  # why\n  /b: 1\n');
    expect(read(written)).toStrictEqual({ a: { '/b': 1 } });
  });
});

describe('parseYaml', () => {
  test.each([
    ['!Ref A', { Ref: 'A' }],
    ['!Condition C', { Condition: 'C' }],
    ['!GetAtt A.B.C', { 'Fn::GetAtt': ['A', 'B', 'C'] }],
    ['!Sub "${A}"', { 'Fn::Sub': '${A}' }],
    ['!Sub ["${A}", {A: !Ref B}]', { 'Fn::Sub': ['${A}', { A: { Ref: 'B' } }] }],
    ['!If [C, !Ref A, !Ref "AWS::NoValue"]', { 'Fn::If': ['C', { Ref: 'A' }, { Ref: 'AWS::NoValue' }] }],
    ['!Transform {Name: AWS::Include}', { 'Fn::Transform': { Name: 'AWS::Include' } }],
  ])('%s is its long form', (short, long) => {
    expect(read(`x: ${short}`)).toStrictEqual({ x: long });
  });

  test('reads as YAML 1.1 does', () => {
    expect(read('a: yes\nb: 0o17\nc: "12:30"')).toStrictEqual({ a: true, b: '0o17', c: '12:30' });
  });

  test('says where it is wrong', () => {
    const wrong = (): unknown => parseYaml('a: 1\nb: [1,\n', 'template.yaml');
    expect(wrong).toThrow(ToolError);
    expect(wrong).toThrow(
      expect.objectContaining({
        code: 'YAML_INVALID',
        trouble: expect.objectContaining({ where: expect.stringMatching(/^template\.yaml:[23]:\d+$/) }),
      }),
    );
  });

  test('aliases that multiply without end are refused', () => {
    const lines = ['a0: &a0 [x, x, x, x, x, x, x, x, x, x]'];
    for (let i = 1; i < 9; i++)
      lines.push(
        `a${i}: &a${i} [${Array(10)
          .fill(`*a${i - 1}`)
          .join(', ')}]`,
      );
    expect(() => read(lines.join('\n'))).toThrow(expect.objectContaining({ code: 'YAML_INVALID' }));
    expect(() => read('a:\n  <<: 1')).toThrow(expect.objectContaining({ code: 'YAML_INVALID' }));
  });
});
