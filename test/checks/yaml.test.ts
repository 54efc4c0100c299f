import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { stringifyYaml } from '../../generator/yaml.ts';
import { yamlValue } from '../generator/yaml-values.ts';
import { describeWith } from '../rig/need.ts';
import { check, tempFolder } from './tools.ts';

const READ = `
import json, sys, yaml
for name in sys.argv[1:]:
    print(json.dumps(yaml.safe_load(open(name, encoding="utf-8", newline=""))))
`;

describeWith('checks', 'PyYAML, which the SAM CLI and CloudFormation’s tools read with', () => {
  test('reads what is written as it was meant', async () => {
    const folder = tempFolder();
    const written = fc.sample(yamlValue, 300);
    const files = written.map((value, i) => {
      const file = join(folder, `${i}.yaml`);
      writeFileSync(file, stringifyYaml({ value }, ' header'));
      return file;
    });
    const { stdout, stderr } = await check('python', ['-c', READ, ...files]);
    rmSync(folder, { recursive: true });
    expect(stderr).toBe('');
    const lines = stdout.split('\n').map((line) => JSON.parse(line) as unknown);
    expect(lines).toEqual(written.map((value) => ({ value })));
  });
});
