import { execa } from 'execa';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { runBin } from '../rig/bins.ts';
import { describeWith } from '../rig/need.ts';
import { RIG, ROOT } from '../rig/paths.ts';
import { createProject, makeZoo, projectsFolder, type Case } from './zoo.ts';

const ENLARGE_LIGHT = ['super-resolution-y', 'super-resolution-y-2'];
const PLAIN = ['style', 'generator-tanh', 'style-nhwc-uint8', 'super-resolution-rgb'];
/** Pillow's tables for YCbCr differ by one in places, which colours make more of. */
const LEVELS = { plain: 1, light: 3 };

describeWith('zoo', 'models from pictures to pictures', () => {
  let root: string;
  let zoo: string;
  let projects: string;
  let cases: Map<string, Case>;

  beforeAll(async () => {
    root = mkdtempSync(join(tmpdir(), 'onnx lambda pictures '));
    zoo = join(root, 'models');
    mkdirSync(zoo);
    projects = projectsFolder(join(root, 'projects'));
    cases = await makeZoo(zoo, [...PLAIN, ...ENLARGE_LIGHT]);
    await execa(`${RIG}zoo/bin/python`, [`${ROOT}test/zoo/pictures.py`, zoo], { stdin: 'ignore' });
  }, 120_000);
  afterAll(() => rmSync(root, { recursive: true, force: true }));

  const pixels = (file: string) => sharp(file).raw().toBuffer({ resolveWithObject: true });

  test.each([...PLAIN, ...ENLARGE_LIGHT])(
    '%s: the service answers what Pillow and Python’s onnxruntime do',
    async (name) => {
      const project = await createProject(projects, zoo, cases.get(name) as Case, [
        '--pictures',
        join(zoo, name, 'picture.png'),
      ]);
      const answer = join(root, `${name}.png`);
      const args = ['invoke', 'fixtures/picture.png', '--output', answer];
      const { exitCode, stderr } = await runBin('project', args, { cwd: project });
      expect({ exitCode, stderr: exitCode === 0 ? '' : stderr }).toEqual({ exitCode: 0, stderr: '' });
      const [got, want] = [await pixels(answer), await pixels(join(zoo, name, 'answer.png'))];
      expect([got.info.width, got.info.height, got.info.channels]).toEqual([
        want.info.width,
        want.info.height,
        want.info.channels,
      ]);
      const most = want.data.reduce((worst, value, i) => Math.max(worst, Math.abs(value - (got.data[i] ?? NaN))), 0);
      expect(most).toBeLessThanOrEqual(ENLARGE_LIGHT.includes(name) ? LEVELS.light : LEVELS.plain);
      const { exitCode: tested, stderr: why } = await runBin('project', ['test'], { cwd: project });
      expect({ tested, why: tested === 0 ? '' : why }).toEqual({ tested: 0, why: '' });
    },
    120_000,
  );
});
