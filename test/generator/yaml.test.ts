import fc from 'fast-check';
import { ToolError } from '../../generator/errors.ts';
import { parseYaml, stringifyYaml } from '../../generator/yaml.ts';
import { TRAPS, yamlValue } from './yaml-values.ts';

const read = (text: string): unknown => parseYaml(text, 'file.yaml');

describe('stringifyYaml', () => {
  test('what is written is read as it was', () => {
    fc.assert(
      fc.property(yamlValue, (written) => expect(read(stringifyYaml(written))).toEqual(written)),
      { numRuns: 500 },
    );
  });

  test.each(TRAPS)('%j stays text, as a value and as a key', (trap) => {
    if (trap !== '__proto__') expect(read(stringifyYaml({ [trap]: [trap] }))).toEqual({ [trap]: [trap] });
    expect(read(stringifyYaml({ key: trap }))).toStrictEqual({ key: trap });
  });

  test('a tab stands in quotes: PyYAML, which SAM reads with, takes none in plain text', () => {
    expect(stringifyYaml({ 'a\tb': 'c\td' })).toBe('"a\\tb": "c\\td"\n');
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
