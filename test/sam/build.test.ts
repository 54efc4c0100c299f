import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { execa } from 'execa';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { parseYaml } from '../../generator/yaml.ts';
import { createDigits } from '../rig/digits.ts';
import { describeWith } from '../rig/need.ts';
import { samEnv } from '../rig/sam-env.ts';
import { filesUnder, processorOf, zipSize } from './sizes.ts';

/** Lambda's limit for a function with its layers, unzipped. */
const LAMBDA_LIMIT = 250 * 1024 * 1024;
const sum = (files: readonly { bytes: Buffer }[]): number =>
  files.reduce((total, { bytes }) => total + bytes.length, 0);

describeWith('sam', 'plain sam on an emitted project', () => {
  describe.each(['arm64', 'x86_64'])('%s', (architecture) => {
    let folder: string;
    let project: string;
    const sam = async (...args: string[]): Promise<{ exitCode: number | undefined; all: string }> => {
      const options = { cwd: project, env: samEnv(), reject: false, stdin: 'ignore', all: true } as const;
      const { exitCode, all } = await execa('sam', args, options);
      return { exitCode, all };
    };
    const built = (part: string): Promise<Awaited<ReturnType<typeof filesUnder>>> =>
      filesUnder(join(project, '.aws-sam', 'build', part));

    /** A layer that is copied as it is: `sam build` leaves it where it lies, and its template says where. */
    const modelLayer = async (): Promise<string> => {
      const template = join(project, '.aws-sam', 'build', 'template.yaml');
      const { Resources } = parseYaml(await readFile(template, 'utf8'), template) as {
        Resources: { ModelLayer: { Properties: { ContentUri: string } } };
      };
      return resolve(dirname(template), Resources.ModelLayer.Properties.ContentUri);
    };

    beforeAll(async () => {
      folder = await mkdtemp(join(tmpdir(), 'onnx lambda build '));
      project = join(folder, 'digits');
      await createDigits(project, ['--architecture', architecture]);
    }, 60_000);
    afterAll(() => rm(folder, { recursive: true, force: true }));

    test('sam validate --lint finds nothing', async () => {
      const { exitCode, all } = await sam('validate', '--lint');
      expect({ exitCode, all }).toEqual({ exitCode: 0, all: expect.stringContaining('valid SAM Template') });
    });

    test('sam build needs no wrapper', async () => {
      const { exitCode, all } = await sam('build');
      expect({ exitCode, all: exitCode === 0 ? '' : all }).toEqual({ exitCode: 0, all: '' });
    }, 180_000);

    test("the function's zip is under 100 kB", async () => {
      const files = await built('Function');
      expect(files.map(({ path }) => path)).toContain('handler.mjs');
      expect(zipSize(files)).toBeLessThan(100_000);
    });

    test('the runtime layer is the native files of this processor and at most 5 % more', async () => {
      const files = await built('RuntimeLayer');
      const native = files.filter((file) => processorOf(file) !== undefined);
      expect(new Set(native.map(processorOf))).toEqual(new Set([architecture]));
      const names = native.map(({ path }) => path).join('\n');
      expect(names).toMatch(/onnxruntime_binding\.node/);
      expect(names).toMatch(/libvips-cpp\.so/);
      expect(sum(files) / sum(native)).toBeLessThan(1.05);
    });

    test("model layer and all else stay under Lambda's limit, and the model is copied as it is", async () => {
      const source = await filesUnder(join(project, 'model'));
      const model = await filesUnder(await modelLayer());
      expect(model.map(({ path }) => path).sort()).toEqual(source.map(({ path }) => path).sort());
      for (const file of source) {
        expect(model.find(({ path }) => path === file.path)?.bytes.equals(file.bytes)).toBe(true);
      }
      const all = [...model, ...(await built('RuntimeLayer')), ...(await built('Function'))];
      expect(sum(all)).toBeLessThan(LAMBDA_LIMIT);
    });
  });
});
