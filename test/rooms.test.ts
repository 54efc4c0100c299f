import { execa } from 'execa';
import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { packageFile } from '../generator/package-files.ts';

/** What ESLint says of one line of code, were it a file of that room. */
async function rulesBrokenBy(line: string, file: string): Promise<string[]> {
  const eslint = packageFile('node_modules/eslint/bin/eslint.js');
  const { stdout } = await execa(process.execPath, [eslint, '--stdin', '--stdin-filename', file, '--format', 'json'], {
    cwd: packageFile('.'),
    input: line,
    reject: false,
  });
  const [result] = JSON.parse(stdout) as { messages: { ruleId: string }[] }[];
  return (result?.messages ?? []).map(({ ruleId }) => ruleId);
}

test.each([
  ['harness/x.ts', "export { ToolError } from '../generator/errors.ts';\n", []],
  ['harness/x.ts', "export { readModel } from '../generator/model/read.ts';\n", ['import-x/no-restricted-paths']],
  ['generator/x.ts', "export { testService } from '../harness/jest.ts';\n", ['import-x/no-restricted-paths']],
  ['pipeline/x.ts', "export { openApi } from '../swagger/openapi.ts';\n", ['import-x/no-restricted-paths']],
  ['pipeline/x.ts', "export { testService } from '../harness/jest.ts';\n", []],
  ['swagger/x.ts', "export type { Blueprint } from '../generator/blueprint.ts';\n", []],
  [
    'swagger/x.ts',
    "export { STAGES } from '../generator/blueprint.ts';\n",
    ['@typescript-eslint/no-restricted-imports'],
  ],
])('in %s: %j breaks %j', async (file, line, rules) => {
  expect(await rulesBrokenBy(line, file)).toEqual(rules);
});

test('what is copied into projects imports nothing from outside of src/', () => {
  const src = packageFile('handler-template/src');
  const files = readdirSync(src, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ts'));
  const copied = files.filter((file) => !/(^|[/\\])emit[^/\\]*\.ts$/.test(file));
  const outside = copied.flatMap((file) => {
    const text = readFileSync(join(src, file), 'utf8');
    const paths = [...text.matchAll(/from '(\.[^']+)'/g)].map(([, path = '']) => resolve(join(src, file), '..', path));
    return paths
      .filter((path) => !path.startsWith(src) || /emit[^/\\]*\.ts$/.test(path))
      .map((path) => `${file}: ${path}`);
  });
  expect(copied.length).toBeGreaterThan(50);
  expect(outside).toEqual([]);
});
