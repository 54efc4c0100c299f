import { dirname } from 'node:path';
import type { Io } from '../io.ts';
import { run } from './run.ts';

/** What became of the repository, and why. */
export type Repository =
  { readonly kind: 'committed' | 'started' } | { readonly kind: 'skipped'; readonly why: string };

type GitIo = Pick<Io, 'stderr' | 'env' | 'signal'>;

/** The message of the commit that holds a project as it was emitted. */
export const FIRST_COMMIT = 'Start from create-onnx-lambda';

/** Whether a folder is in somebody's repository already. */
export async function isInRepository(folder: string, io: GitIo): Promise<boolean> {
  const answer = await run('git', ['rev-parse', '--is-inside-work-tree'], { cwd: folder, io: withoutGitEnv(io) });
  return answer.kind === 'ok' && answer.stdout.trim() === 'true';
}

/**
 * Starts a repository in the project, with a first commit where git knows who commits. Never touches one that is there already.
 */
export async function startRepository(dir: string, io: GitIo): Promise<Repository> {
  const own = withoutGitEnv(io);
  if ((await isInRepository(dir, io)) || (await isInRepository(dirname(dir), io)))
    return { kind: 'skipped', why: 'the folder is in a repository already' };
  const git = (...args: string[]) => run('git', args, { cwd: dir, io: own });
  const started = await git('init', '--quiet');
  if (started.kind === 'absent') return { kind: 'skipped', why: 'git is not installed' };
  if (started.kind === 'failed') return { kind: 'skipped', why: started.why };
  for (const key of ['user.name', 'user.email']) {
    const known = await git('config', '--get', key);
    if (known.kind !== 'ok' || known.stdout.trim() === '') return { kind: 'started' };
  }
  const added = await git('add', '--all');
  // A signature may need a passphrase, hooks of a template may need anything: neither is for a first commit that nobody asked for.
  const committed =
    added.kind === 'ok' &&
    (await git('-c', 'commit.gpgsign=false', 'commit', '--quiet', '--no-verify', '--message', FIRST_COMMIT));
  return { kind: committed && committed.kind === 'ok' ? 'committed' : 'started' };
}

/** Inside a git hook, GIT_DIR and its kin name another repository. */
export function withoutGitEnv<Some extends Pick<GitIo, 'env'>>(io: Some): Some {
  const foreign = /^GIT_(DIR|WORK_TREE|INDEX_FILE|COMMON_DIR|PREFIX|OBJECT_DIRECTORY|ALTERNATE_OBJECT_DIRECTORIES)$/;
  return { ...io, env: Object.fromEntries(Object.entries(io.env).filter(([name]) => !foreign.test(name))) };
}
