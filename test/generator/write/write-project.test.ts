import fc from 'fast-check';
import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ToolError } from '../../../generator/errors.ts';
import { realDisk, type Disk } from '../../../generator/write/disk.ts';
import { bytes, copy, script, text, type FileMap } from '../../../generator/write/file-map.ts';
import { checkTarget } from '../../../generator/write/target.ts';
import { writeProject } from '../../../generator/write/write-project.ts';

let root: string;
let source: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'write project '));
  source = join(root, 'big.onnx');
  writeFileSync(source, 'the model');
  chmodSync(source, 0o444);
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

const filesFor = (from: string): FileMap => ({
  'README.md': text('read me\n'),
  'a/b/c.txt': text('deep'),
  'a/keep.txt': text('new'),
  'model/model.onnx': copy(from),
  'pipeline.sh': script('#!/bin/sh\n'),
  'raw.bin': bytes(Uint8Array.of(0, 255)),
});

/** Path to content of everything below a folder; folders end in a slash. */
function tree(folder: string): Record<string, string> {
  return Object.fromEntries(
    readdirSync(folder, { recursive: true, withFileTypes: true })
      .map((entry) => join(entry.parentPath, entry.name))
      .map((path) => [path.slice(folder.length + 1), statSync(path).isDirectory() ? '/' : readFileSync(path, 'latin1')])
      .sort() as [string, string][],
  );
}

const error = (code: string): Error => Object.assign(new Error(code), { code });

/** Fails at the n-th step that changes anything, once: at its start, or having done it (a crash between two steps). */
function failingDisk(at: number, failure: () => void): { disk: Disk; steps: () => number } {
  let steps = 0;
  const step =
    <Args extends unknown[]>(does: (...args: Args) => Promise<void>) =>
    async (...args: Args): Promise<void> => {
      if (++steps === at) failure();
      return does(...args);
    };
  const { makeFolder, write, move, remove, removeEmptyFolder } = realDisk;
  const disk: Disk = {
    ...realDisk,
    makeFolder: step(makeFolder),
    write: step(write),
    move: step(move),
    remove,
    removeEmptyFolder,
  };
  return { disk, steps: () => steps };
}

/** What an update removes, where there is something to update. */
const GONE = ['a/gone.txt', 'gone/too/deep.txt'];

const SITUATIONS = {
  new: () => join(root, 'deep', 'er', 'project'),
  empty: () => {
    const dir = join(root, 'empty');
    mkdirSync(dir);
    return dir;
  },
  overwrite: () => {
    const dir = join(root, 'used');
    mkdirSync(join(dir, 'a'), { recursive: true });
    writeFileSync(join(dir, 'a', 'keep.txt'), 'old');
    writeFileSync(join(dir, 'a', 'mine.txt'), 'mine');
    writeFileSync(join(dir, 'README.md'), 'old readme');
    mkdirSync(join(dir, 'gone', 'too'), { recursive: true });
    for (const path of GONE) writeFileSync(join(dir, path), 'not needed');
    return dir;
  },
} as const;

describe.each(['new', 'empty', 'overwrite'] as const)('into a folder that is %s', (situation) => {
  const gone = situation === 'overwrite' ? GONE : [];

  test('writes every file, with its content and mode, and nothing else', async () => {
    const dir = SITUATIONS[situation]();
    const target = await checkTarget(dir, situation === 'overwrite', realDisk);
    expect(target.kind).toBe(situation);
    const written = await writeProject(filesFor(source), target, { gone });
    await written.keep();
    expect(readdirSync(dir)).not.toContain('gone');
    const files = Object.fromEntries(Object.entries(tree(dir)).filter(([, content]) => content !== '/'));
    expect(files).toEqual({
      ...(situation === 'overwrite' && { 'a/mine.txt': 'mine' }),
      'README.md': 'read me\n',
      'a/b/c.txt': 'deep',
      'a/keep.txt': 'new',
      'model/model.onnx': 'the model',
      'pipeline.sh': '#!/bin/sh\n',
      'raw.bin': '\0\xff',
    });
    expect(statSync(join(dir, 'pipeline.sh')).mode & 0o111).not.toBe(0);
    expect(statSync(join(dir, 'model/model.onnx')).mode & 0o200).toBe(0o200);
    expect(readdirSync(join(dir, '..')).filter((name) => name.startsWith('.'))).toEqual([]);
  });

  test.each([
    ['ENOSPC', 'DISK_FULL'],
    ['EACCES', 'TARGET_NOT_WRITABLE'],
    ['EROFS', 'TARGET_NOT_WRITABLE'],
  ])('a disk that says %s at any step leaves everything as it was', async (code, expected) => {
    const dir = SITUATIONS[situation]();
    const before = tree(root);
    const count = failingDisk(0, () => undefined);
    const target = await checkTarget(dir, true, realDisk);
    const written = await writeProject(filesFor(source), target, { disk: count.disk, gone });
    const steps = count.steps();
    await written.undo();
    expect(steps).toBeGreaterThan(8);
    for (let at = 1; at <= steps; at++) {
      const { disk } = failingDisk(at, () => {
        throw error(code);
      });
      const outcome = await writeProject(filesFor(source), target, { disk, gone }).catch((e: unknown) => e);
      expect(outcome).toBeInstanceOf(ToolError);
      expect((outcome as ToolError).code).toBe(expected);
      expect(tree(root)).toEqual(before);
    }
  });

  test('Ctrl-C at any step leaves everything as it was', async () => {
    const dir = SITUATIONS[situation]();
    const before = tree(root);
    const target = await checkTarget(dir, true, realDisk);
    for (let at = 1; ; at++) {
      const cancel = new AbortController();
      const { disk, steps } = failingDisk(at, () => cancel.abort());
      const outcome = await writeProject(filesFor(source), target, { disk, gone, signal: cancel.signal }).catch(
        (e: unknown) => e,
      );
      if (steps() < at) {
        await (outcome as { undo(): Promise<void> }).undo();
        expect(at).toBeGreaterThan(8);
        break;
      }
      expect(outcome).toMatchObject({ code: 'CANCELLED', exitCode: 130 });
      expect(tree(root)).toEqual(before);
    }
  });

  test('undo takes back the project and what an installation added', async () => {
    const dir = SITUATIONS[situation]();
    const before = tree(root);
    const written = await writeProject(filesFor(source), await checkTarget(dir, true, realDisk), { gone });
    mkdirSync(join(dir, 'node_modules', 'x'), { recursive: true });
    writeFileSync(join(dir, 'package-lock.json'), '{}');
    await written.undo();
    expect(tree(root)).toEqual(before);
  });
});

test('law: whatever the files, all of them are written or none', async () => {
  const name = fc.stringMatching(/^[a-z][a-z0-9]{0,5}$/);
  const paths = fc.uniqueArray(fc.array(name, { minLength: 1, maxLength: 4 }), {
    minLength: 1,
    maxLength: 8,
    // No path is a folder of another.
    selector: (parts) => parts[0],
  });
  await fc.assert(
    fc.asyncProperty(paths, fc.nat(30), fc.boolean(), async (list, at, intoEmpty) => {
      const dir = join(root, 'law');
      if (intoEmpty) mkdirSync(dir);
      const before = tree(root);
      const files: FileMap = Object.fromEntries(list.map((parts) => [parts.join('/'), text(parts.join(' '))]));
      const { disk, steps } = failingDisk(at + 1, () => {
        throw error('ENOSPC');
      });
      const target = await checkTarget(dir, false, realDisk);
      const outcome = await writeProject(files, target, { disk }).then(
        (written) => written.keep().then(() => 'written'),
        (e: unknown) => (e as ToolError).code,
      );
      if (outcome === 'written') {
        expect(steps()).toBeLessThanOrEqual(at);
        const there = Object.entries(tree(dir)).filter(([, content]) => content !== '/');
        expect(Object.fromEntries(there)).toEqual(Object.fromEntries(list.map((p) => [p.join('/'), p.join(' ')])));
      } else {
        expect(outcome).toBe('DISK_FULL');
        expect(tree(root)).toEqual(before);
      }
      rmSync(dir, { recursive: true, force: true });
    }),
    { numRuns: 60 },
  );
});

describe('places that are refused', () => {
  test.each([
    ['a folder with a file in it', 'TARGET_NOT_EMPTY', () => SITUATIONS.overwrite()],
    ['a file', 'TARGET_NOT_WRITABLE', () => source],
    ['a place below a file', 'TARGET_NOT_WRITABLE', () => join(source, 'project')],
    [
      'a link',
      'TARGET_NOT_WRITABLE',
      () => {
        symlinkSync(SITUATIONS.empty(), join(root, 'link'));
        return join(root, 'link');
      },
    ],
  ])('%s', async (_, code, place) => {
    const dir = place();
    const before = tree(root);
    await expect(checkTarget(dir, false, realDisk)).rejects.toMatchObject({ code, exitCode: 2 });
    expect(tree(root)).toEqual(before);
  });

  test.each([
    ['a folder in a file’s place', (dir: string) => mkdirSync(join(dir, 'raw.bin'))],
    ['a file in a folder’s place', (dir: string) => writeFileSync(join(dir, 'model'), '')],
    ['a link that leads elsewhere', (dir: string) => symlinkSync(root, join(dir, 'model'))],
  ])('overwriting where there is %s', async (_, prepare) => {
    const dir = SITUATIONS.overwrite();
    prepare(dir);
    const before = readdirSync(dir, { recursive: false }).sort();
    const target = await checkTarget(dir, true, realDisk);
    await expect(writeProject(filesFor(source), target)).rejects.toMatchObject({ code: 'TARGET_NOT_WRITABLE' });
    expect(readdirSync(dir).sort()).toEqual(before);
    expect(readFileSync(join(dir, 'README.md'), 'utf8')).toBe('old readme');
  });

  test.each(['../x', '/etc/x', 'a/../../x', 'a\\..\\x', 'C:x', '', 'a//b', './x'])('the file %j', async (path) => {
    const target = await checkTarget(join(root, 'p'), false, realDisk);
    await expect(writeProject({ [path]: text('') }, target)).rejects.toThrow('outside');
    expect(readdirSync(root)).toEqual(['big.onnx']);
  });
});
