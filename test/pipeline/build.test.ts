import { afterAll, beforeAll, expect, jest, test } from '@jest/globals';
import { execa } from 'execa';
import { randomFillSync } from 'node:crypto';
import {
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { WeightsJson } from '../../pipeline/artifact/report.ts';
import { describeWith } from '../rig/need.ts';
import { codeIn, printed, tool } from './run.ts';
import { sampleProject, type Sample } from './sample-project.ts';

// Real builds and deployments: seconds alone, minutes on a machine that does much else.
jest.setTimeout(4 * 60_000);

describeWith('sam', 'onnx-lambda build', () => {
  let sample: Sample;
  const at = (path: string): string => join(sample.root, '.aws-sam', path);
  beforeAll(() => {
    sample = sampleProject();
  });
  afterAll(() => rmSync(sample.root, { recursive: true, force: true }));

  test('makes what sam local and sam deploy look for, and weighs it', async () => {
    const { stdout, stderr, exitCode } = await tool(sample.root, ['build']);
    expect([exitCode, stdout]).toEqual([0, '']);
    for (const id of ['Function', 'RuntimeLayer', 'ModelLayer', 'together']) expect(stderr).toContain(id);
    const json = await tool(sample.root, ['build', '--json']);
    const weights = JSON.parse(json.stdout) as WeightsJson;
    expect(weights.parts.map(({ id, kind }) => [id, kind]).sort()).toEqual([
      ['Function', 'function'],
      ['ModelLayer', 'layer'],
      ['RuntimeLayer', 'layer'],
    ]);
    expect(weights.parts.find(({ id }) => id === 'ModelLayer')).toMatchObject({
      unzipped: 11,
      heaviest: [{ path: 'labels.txt', bytes: 9 }, { path: 'model.onnx', bytes: 2 }], // prettier-ignore
    });
    expect(weights.unzipped.bytes).toBe(weights.parts.reduce((sum, { unzipped }) => sum + unzipped, 0));
    expect(readFileSync(at('build/Function/handler.mjs'), 'utf8')).toContain('image is missing');
    expect(readdirSync(at('')).filter((name) => name.startsWith('building'))).toEqual([]);
  });

  test('what does not compile is 1, and the last good build stays', async () => {
    const good = readFileSync(at('build/Function/handler.mjs'), 'utf8');
    sample.write('src/handler.ts', "import './nowhere.ts';\nexport const handler = () => 1;\n");
    const { stderr, exitCode } = await tool(sample.root, ['build']);
    expect([exitCode, codeIn(stderr)]).toEqual([1, 'BUILD_FAILED']);
    expect(readFileSync(at('build/Function/handler.mjs'), 'utf8')).toBe(good);
    expect(readdirSync(at('')).filter((name) => name.startsWith('building'))).toEqual([]);
  });

  test('Ctrl-C is 130, leaves no half build, and the last good one stays', async () => {
    sample.touch('two');
    const running = tool(sample.root, ['build']);
    await printed(running, 'Building');
    running.kill('SIGINT');
    const { exitCode, stderr } = await running;
    expect([exitCode, codeIn(stderr)]).toEqual([130, 'CANCELLED']);
    expect(existsSync(at('build/template.yaml'))).toBe(true);
    expect(readdirSync(at('')).filter((name) => name.startsWith('building'))).toEqual([]);
  });

  test('more than 250 MB is refused, names what takes the room, and is not put in place', async () => {
    sample.write('model/model.onnx', new Uint8Array(263_000_000));
    const { stderr, exitCode } = await tool(sample.root, ['build']);
    expect([exitCode, codeIn(stderr)]).toEqual([1, 'ARTIFACT_TOO_LARGE']);
    expect(stderr).toMatch(/where: +ModelLayer: model.onnx 250.8 MB/);
    sample.write('model/model.onnx', Uint8Array.of(8, 7));
  });

  test('a layer that was not pruned because install scripts are off is told from a large model', async () => {
    const packed = mkdtempSync(join(tmpdir(), 'onnx-lambda-'));
    const fat = join(packed, 'fat');
    const folder = sampleProject({ folder: fat, name: 'fat' });
    folder.write('package.json', JSON.stringify({ name: 'fat', version: '1.0.0' }));
    folder.write('bin/napi-v6/win32/x64/DirectML.dll', compressible(263_000_000));
    await execa('npm', ['pack', '--silent', '--pack-destination', packed], { cwd: fat });
    const manifest = { name: 'runtime', version: '1.0.0', private: true, scripts: { postinstall: 'node prune.mjs' } };
    const dependencies = { fat: `file:${packed}/fat-1.0.0.tgz` };
    sample.write('runtime/package.json', JSON.stringify({ ...manifest, dependencies }));
    sample.write(
      'runtime/prune.mjs',
      "import { rmSync } from 'node:fs';\nrmSync('node_modules/fat/bin/napi-v6/win32', { recursive: true });\n",
    );
    const off = await tool(sample.root, ['build'], { npm_config_ignore_scripts: 'true' });
    expect([off.exitCode, codeIn(off.stderr)]).toEqual([1, 'ARTIFACT_TOO_LARGE']);
    expect(off.stderr).toMatch(/next: .*ignore-scripts/);
    const on = await tool(sample.root, ['build'], { npm_config_ignore_scripts: 'false' });
    expect([on.exitCode, codeIn(on.stderr)]).toEqual([0, undefined]);
    rmSync(packed, { recursive: true });
  });

  test('a change of .npmrc or prune.mjs reaches the layer, whatever SAM has in its cache', async () => {
    sample.write(
      'runtime/prune.mjs',
      "import { writeFileSync } from 'node:fs';\nwriteFileSync('node_modules/pruned-again', '');\n",
    );
    sample.write(
      'runtime/package.json',
      JSON.stringify({
        name: 'runtime',
        version: '1.0.0',
        private: true,
        scripts: { postinstall: 'node prune.mjs' },
        dependencies: { semver: '7.7.2' },
      }),
    );
    expect((await tool(sample.root, ['build'])).exitCode).toBe(0);
    sample.write(
      'runtime/prune.mjs',
      "import { writeFileSync } from 'node:fs';\nwriteFileSync('node_modules/pruned-once-more', '');\n",
    );
    expect((await tool(sample.root, ['build'])).exitCode).toBe(0);
    const names = readdirSync(at('build/RuntimeLayer/nodejs/node_modules'));
    expect(names).toContain('pruned-once-more');
    expect(names).not.toContain('pruned-again');
  });
});

/** Bytes that shrink to about a sixtieth: npm takes what shrinks more for an attack. */
function compressible(length: number): Buffer {
  const bytes = Buffer.alloc(length);
  for (let start = 0; start < length; start += 65_536) randomFillSync(bytes, start, Math.min(1_024, length - start));
  return bytes;
}

/** A disk of a few megabytes of one's own: only root may mount one. */
async function mountSmallDisk(folder: string): Promise<boolean> {
  const { failed } = await execa('mount', ['-t', 'tmpfs', '-o', 'size=48m', 'tmpfs', folder], { reject: false });
  return !failed;
}

describeWith('sam', 'a full disk', () => {
  let folder: string;
  let mounted = false;
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'onnx-lambda-disk-'));
    mounted = process.platform === 'linux' && process.getuid?.() === 0 && (await mountSmallDisk(folder));
  });
  afterAll(async () => {
    if (mounted) await execa('umount', ['-l', folder]);
    rmSync(folder, { recursive: true, force: true });
  });

  test('is 7; half-written files are gone and the last good build is kept', async () => {
    // Who may not mount fills nothing up: /dev/full shows the same error for one file.
    if (!mounted) return expect(() => writeFileSync('/dev/full', 'x')).toThrow('ENOSPC');
    const sample = sampleProject({ folder });
    expect((await tool(folder, ['build'])).exitCode).toBe(0);
    const before = readFileSync(join(folder, '.aws-sam/build/Function/handler.mjs'), 'utf8');
    sample.touch('two');
    await execa('dd', ['if=/dev/zero', `of=${join(folder, 'filler')}`, 'bs=64k'], { reject: false });
    truncateSync(join(folder, 'filler'), statSync(join(folder, 'filler')).size - 8_192);
    const { stderr, exitCode } = await tool(folder, ['build']);
    expect([exitCode, codeIn(stderr)]).toEqual([7, 'DISK_FULL']);
    expect(readFileSync(join(folder, '.aws-sam/build/Function/handler.mjs'), 'utf8')).toBe(before);
    expect(readdirSync(join(folder, '.aws-sam')).filter((name) => name.startsWith('building'))).toEqual([]);
  });
});
