import { afterAll, beforeAll, expect, jest, test } from '@jest/globals';
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { compareAnswer } from '../../harness/fixtures.ts';
import { execa } from 'execa';
import { tool } from '../pipeline/run.ts';
import { runBin } from '../rig/bins.ts';
import { DIGITS } from '../rig/digits.ts';
import { describeWith } from '../rig/need.ts';
import { startStandIn } from '../rig/stand-in.ts';
import { createByRecipe, invoke, tested } from './kit.ts';
import { servePictures } from './web-pictures.ts';

jest.setTimeout(6 * 60_000);

/** Python's: fixtures/digits/dialects.py. */
const golden = JSON.parse(readFileSync(`${DIGITS}/dialects.json`, 'utf8')) as Record<string, { djl: object[] }>;
const tolerance = { absolute: 1e-3, relative: 1e-3 };

let root: string;
beforeAll(async () => {
  root = join(mkdtempSync(join(tmpdir(), 'onnx-lambda-djl-')), 'djl-lambda');
  const archive = await sageMakerArchive(dirname(root));
  await createByRecipe(root, 'djl', ['--model', archive, '--pictures', DIGITS]);
});
afterAll(() => rmSync(dirname(root), { recursive: true, force: true }));

/** model.tar.gz as SageMaker's training jobs leave it. */
async function sageMakerArchive(folder: string): Promise<string> {
  mkdirSync(join(folder, 'export/code'), { recursive: true });
  copyFileSync(`${DIGITS}/digits.onnx`, join(folder, 'export/digits.onnx'));
  copyFileSync(`${DIGITS}/labels.txt`, join(folder, 'export/labels.txt'));
  writeFileSync(join(folder, 'export/code/inference.py'), '# code\n');
  await execa('tar', ['-czf', 'model.tar.gz', '-C', 'export', '.'], { cwd: folder });
  return join(folder, 'model.tar.gz');
}

const expectGolden = (answer: unknown, picture: string): void => {
  expect(compareAnswer(golden[picture]?.djl, answer, tolerance)).toMatchObject({ kind: 'same' });
};

test('on this machine: five classes of each picture, as Python has them', async () => {
  const { failed, results } = await tested(root);
  expect(failed).toBe(0);
  for (const { fixture, got } of results) if (fixture in golden) expectGolden(got, fixture);
});

test('{"inputImageUrl"}: what is inside a network is refused, what may be asked is fetched and answered', async () => {
  const ask = async (url: string): Promise<unknown> => {
    const event = join(root, 'event.json');
    writeFileSync(event, JSON.stringify({ inputImageUrl: url }));
    const { stdout } = await runBin('project', ['invoke', '--event', event], { cwd: root });
    return JSON.parse(String(stdout)) as unknown;
  };
  const web = await servePictures(DIGITS);
  const way = join(root, 'src/inputs/https/way.ts');
  const emitted = readFileSync(way, 'utf8');
  try {
    expect(await ask(web.url('six.png'))).toMatchObject({ errorType: 'URL_REFUSED' });
    web.openTo(root);
    for (const picture of ['six.png', 'three.jpg']) expectGolden(await ask(web.url(picture)), picture);
  } finally {
    writeFileSync(way, emitted);
    web.stop();
  }
});

describeWith(['sam', 'docker', 'stand-in'], 'djl: one command deploys, one cleans up', () => {
  test('aws lambda invoke answers as Python does; destroy leaves nothing', async () => {
    const aws = await startStandIn({ executor: 'docker' });
    try {
      const deployed = await tool(root, ['deploy', '--stage', 'dev'], aws.env);
      expect([deployed.exitCode, deployed.stderr]).toEqual([0, expect.stringContaining('is answered as expected')]);
      const image = readFileSync(join(DIGITS, 'six.png')).toString('base64');
      expectGolden(await invoke(aws, 'djl-lambda-dev', { image }), 'six.png');
      expect(await invoke(aws, 'djl-lambda-dev', { inputImageUrl: 'https://169.254.169.254/' })).toMatchObject({
        errorType: 'URL_REFUSED',
      });
      expect((await tool(root, ['destroy', '--stage', 'dev', '--yes'], aws.env)).exitCode).toBe(0);
      const { stdout } = await tool(root, ['status', '--json'], aws.env);
      expect(JSON.parse(String(stdout))).toMatchObject({ stages: { dev: { kind: 'absent' } } });
    } finally {
      await aws.stop();
    }
  });
});
