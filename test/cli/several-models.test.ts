import { copyFileSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { repository } from '../models/places.ts';
import { ROOT } from '../rig/paths.ts';
import { freshFolder } from './folders.ts';
import { describeTerminal, runInTerminal } from './terminal.ts';

const folder = freshFolder();

describeTerminal('several models', () => {
  test('a person is asked which is meant', async () => {
    for (const name of ['encoder', 'decoder']) {
      mkdirSync(join(folder(), 'models', name), { recursive: true });
      copyFileSync(repository('fixtures/digits/digits.onnx'), join(folder(), 'models', name, `${name}.onnx`));
    }
    const { exitCode, stdout } = await runInTerminal(
      [`${ROOT}bin/create-onnx-lambda.mjs`, 'api'],
      [
        ['ONNX model', 'models\r'],
        ['Which of its models', '\u001b[B'],
        ['encoder', '\r'],
        ['The model is', '\u0003'],
      ],
      { folder: folder() },
    );
    expect(exitCode).toBe(130);
    expect(stdout).toContain('The model is encoder/encoder.onnx in the folder models');
  });
});
