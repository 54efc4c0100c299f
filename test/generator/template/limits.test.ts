import { ToolError } from '../../../generator/errors.ts';
import { assertLimits, checkLimits } from '../../../generator/template/limits.ts';
import { samTemplate } from '../../../generator/template/template.ts';
import { parseYaml } from '../../../generator/yaml.ts';
import { digits, variants } from './blueprints.ts';

const template = (properties: string, rest = ''): unknown =>
  parseYaml(
    `Resources:\n  Function:\n    Type: AWS::Serverless::Function\n    Properties:\n${properties.replace(/^/gm, '      ')}\n${rest}`,
    'template.yaml',
  );

test.each(Object.keys(variants))('%s: the emitted template keeps every limit', (name) => {
  expect(checkLimits(samTemplate(variants[name] ?? digits))).toStrictEqual([]);
});

// What `sam validate --lint` passes and AWS refuses.
test.each([
  ['Timeout: 901', 'Timeout', '901', '1 to 900 seconds'],
  ['Timeout: 0', 'Timeout', '0', '1 to 900 seconds'],
  ['Timeout: 1.5', 'Timeout', '1.5', '1 to 900 seconds'],
  ['MemorySize: 127', 'MemorySize', '127', '128 to 10240 MB'],
  ["MemorySize: '10241'", 'MemorySize', '"10241"', '128 to 10240 MB'],
  ['EphemeralStorage: {Size: 11000}', 'EphemeralStorage.Size', '11000', '512 to 10240 MB'],
  ['Runtime: nodejs99.x', 'Runtime', '"nodejs99.x"', 'one of nodejs20.x, nodejs22.x, nodejs24.x'],
  ['Architectures: [riscv]', 'Architectures.0', '"riscv"', 'one of arm64, x86_64'],
  ['Layers: [a, b, c, d, e, f]', 'Layers', '6 layers', 'at most 5'],
  ['FunctionName: a/b', 'FunctionName', '"a/b"', 'to match ^[A-Za-z0-9_-]{1,64}$'],
])('%s is refused', (line, path, actual, expected) => {
  expect(checkLimits(template(line))).toStrictEqual([{ where: `Resources.Function.${path}`, actual, expected }]);
});

test('5 KB of environment, whatever it is made of', () => {
  const plain = template(`Environment: {Variables: {A: ${'x'.repeat(5000)}}}`);
  expect(checkLimits(plain)).toMatchObject([
    { where: 'Resources.Function.Environment.Variables', actual: '5001 bytes' },
  ]);
  const mixed = template(
    `Environment: {Variables: {A: !Sub '\${AWS::Region}${'x'.repeat(3000)}', B: !Ref Long, C: !If [On, '${'y'.repeat(600)}', z]}}`,
    `Parameters: {Long: {Type: String, Default: '${'é'.repeat(300)}'}}`,
  );
  expect(checkLimits(mixed)).toMatchObject([{ actual: `${3 + 3000 + 600 + 600} bytes` }]);
});

test('exactly 4096 bytes are let through', () => {
  expect(checkLimits(template(`Environment: {Variables: {AB: ${'x'.repeat(4094)}}}`))).toStrictEqual([]);
  expect(checkLimits(template(`Environment: {Variables: {AB: ${'x'.repeat(4095)}}}`))).toHaveLength(1);
});

test('a name that Lambda sets itself', () => {
  expect(checkLimits(template('Environment: {Variables: {AWS_REGION: x}}'))).toMatchObject([
    { where: 'Resources.Function.Environment.Variables.AWS_REGION' },
  ]);
});

test('Globals count where the function says nothing', () => {
  const globals = 'Globals: {Function: {Timeout: 901, Environment: {Variables: {A: ' + 'x'.repeat(4000) + '}}}}';
  expect(checkLimits(template('MemorySize: 128', globals)).map(({ where }) => where)).toStrictEqual([
    'Resources.Function.Timeout',
  ]);
  expect(checkLimits(template('Timeout: 3', globals))).toStrictEqual([]);
  expect(checkLimits(template(`Timeout: 3\nEnvironment: {Variables: {B: ${'x'.repeat(200)}}}`, globals))).toHaveLength(
    1,
  );
});

test.each([
  ['a default', 'MemorySize: !Ref M', 'Parameters: {M: {Type: Number, Default: 64}}'],
  [
    'a value that is allowed',
    'MemorySize: !Ref M',
    'Parameters: {M: {Type: Number, Default: 128, AllowedValues: [128, 64]}}',
  ],
  [
    'the largest that is allowed',
    'MemorySize: !Ref M',
    'Parameters: {M: {Type: Number, Default: 128, MaxValue: 20000}}',
  ],
  ['one row of a mapping', 'MemorySize: !FindInMap [Map, !Ref S, M]', 'Mappings: {Map: {a: {M: 128}, b: {M: 64}}}'],
  ['one branch of a condition', 'MemorySize: !If [C, 128, 64]', ''],
])('%s is over the limit', (_, line, rest) => {
  expect(checkLimits(template(line, rest))).toHaveLength(1);
});

test('days of retention that CloudWatch does not know', () => {
  const value = parseYaml('Resources: {L: {Type: AWS::Logs::LogGroup, Properties: {RetentionInDays: 8}}}', 'x');
  expect(checkLimits(value)).toMatchObject([{ where: 'Resources.L.RetentionInDays', actual: '8' }]);
});

test('a description over 1024 bytes', () => {
  expect(checkLimits({ Description: 'é'.repeat(512) })).toStrictEqual([]);
  expect(checkLimits({ Description: 'é'.repeat(513) })).toMatchObject([{ where: 'Description', actual: '1026 bytes' }]);
});

test.each([null, 'text', [], {}, { Resources: [] }, { Resources: { A: null, B: 1, C: { Type: 7 } } }])(
  '%j has nothing to refuse',
  (value) => {
    expect(checkLimits(value)).toStrictEqual([]);
  },
);

test('a blueprint that asks for too much is refused by name', () => {
  const greedy = { ...digits, function: { ...digits.function, timeout: 901, memory: 64 } };
  const refuse = (): void => assertLimits(samTemplate(greedy), 'template.yaml');
  expect(refuse).toThrow(ToolError);
  expect(refuse).toThrow(
    expect.objectContaining({
      code: 'TEMPLATE_INVALID',
      exitCode: 2,
      trouble: expect.objectContaining({
        what: expect.stringMatching(/Function\.MemorySize is 64; Resources\.Function\.Timeout is 901/),
      }),
    }),
  );
});
