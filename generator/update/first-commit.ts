import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import { x } from 'tar';
import { BLUEPRINT_FILE } from '../blueprint.ts';
import { FIRST_COMMIT, withoutGitEnv } from '../write/git.ts';
import type { Io } from '../io.ts';
import { contentOfFile, type Contents } from './content.ts';

/** Models are not read out of a repository to be compared: what is in model/ is no edit in any case. */
const LARGEST = 64 << 20;

/**
 * What was emitted into a project that has no record of it: what `create-onnx-lambda` itself committed, where it did. A commit of
 * somebody else may hold edits; then, and where git can't tell, nobody knows.
 */
export async function firstCommit(root: string, io: Pick<Io, 'env' | 'signal'>): Promise<Contents | undefined> {
  const git = (...args: string[]) =>
    execa('git', args, {
      cwd: root,
      env: withoutGitEnv(io).env,
      extendEnv: false,
      stdin: 'ignore',
      reject: false,
      encoding: 'buffer',
      maxBuffer: LARGEST,
      cancelSignal: io.signal,
    });
  const added = await git('log', '--diff-filter=A', '--format=%H %s', '-1', '--', BLUEPRINT_FILE);
  const [, commit, subject] = /^(\w+) (.*)/.exec(Buffer.from(added.stdout ?? []).toString()) ?? [];
  if (added.failed || commit === undefined || subject !== FIRST_COMMIT) return undefined;
  const listed = await git('ls-tree', '-r', '-z', '--name-only', commit, '--', '.');
  const paths = Buffer.from(listed.stdout ?? [])
    .toString()
    .split('\0')
    .filter((path) => path !== '' && !path.startsWith('model/'));
  const archive = await git('archive', '--format=tar', commit, '--', ...paths);
  io.signal.throwIfAborted();
  if (listed.failed || archive.failed) return undefined;
  const folder = await mkdtemp(join(tmpdir(), 'onnx-lambda-first-'));
  try {
    const file = join(folder, 'first.tar');
    await writeFile(file, archive.stdout);
    await x({ file, cwd: folder });
    const contents = paths.map(async (path) => [path, await contentOfFile(join(folder, path))] as const);
    return Object.fromEntries(await Promise.all(contents));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
