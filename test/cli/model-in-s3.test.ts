import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { runBin } from '../rig/bins.ts';
import { DIGITS } from '../rig/digits.ts';
import { freshFolder, PLAIN_ENV, QUICK } from './folders.ts';

const folder = freshFolder();

test('a project whose model is fetched from S3 runs here with the model on disk', async () => {
  const options = { cwd: folder(), env: PLAIN_ENV, extendEnv: false };
  const made = await runBin('create', ['d', ...QUICK, '--model-source', 's3', '--pictures', DIGITS], options);
  expect(made.exitCode).toBe(0);
  const dir = join(folder(), 'd');
  expect(readFileSync(join(dir, 'src/model-location.ts'), 'utf8')).toContain('./s3/located.ts');
  for (const file of ['src/s3/object.ts', 'src/remote-model/download.ts', 'model/model.onnx']) expect([file, existsSync(join(dir, file))]).toEqual([file, true]); // prettier-ignore
  expect(JSON.parse(readFileSync(join(dir, 'package.json'), 'utf8'))).toHaveProperty([
    'devDependencies',
    '@aws-sdk/client-s3',
  ]);
  const { stdout, exitCode } = await runBin('project', ['test', '--json'], { ...options, cwd: dir });
  expect([exitCode, JSON.parse(String(stdout))]).toEqual([0, expect.objectContaining({ failed: 0, passed: 13 })]);
});

test('one with its model in a layer has nothing of it', async () => {
  await runBin('create', ['d', ...QUICK], { cwd: folder(), env: PLAIN_ENV, extendEnv: false });
  expect(existsSync(join(folder(), 'd/src/s3'))).toBe(false);
  expect(readFileSync(join(folder(), 'd/package.json'), 'utf8')).not.toContain('@aws-sdk');
});
