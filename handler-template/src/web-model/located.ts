import { existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { bringModel, patienceFrom, type Wanted } from '../remote-model/download.ts';
import { ModelError } from '../remote-model/errors.ts';
import { locate } from '../remote-model/locate.ts';
import { settings } from '../remote-model/settings.ts';
import { openWeb } from './web.ts';

const VARIABLES = { url: 'MODEL_URL', sha256: 'MODEL_SHA256', size: 'MODEL_BYTES', format: 'MODEL_FORMAT', member: 'MODEL_MEMBER' } as const; // prettier-ignore

/** What the template says of the file, and the model's path in it. @throws ModelError MODEL_NOT_CONFIGURED */
export function pinnedBy(env: NodeJS.ProcessEnv): { readonly url: string; readonly member: string; readonly wanted: Wanted } {
  const { url, sha256, size, format, member } = settings(env, VARIABLES);
  const folder = dirname(member);
  const kept =
    format === 'file'
      ? ({ kind: 'file', name: member } as const)
      : ({ kind: format as 'tar' | 'tar.gz', below: folder === '.' ? '' : folder } as const);
  return { url, member, wanted: { where: shown(url), sha256, size: Number(size), format: kept } };
} // prettier-ignore

/** An address for people: a query may hold a key. */
const shown = (url: string): string => url.replace(/[?#].*/s, '');

/** Path of the model in what was fetched. */
export async function fetched(env: NodeJS.ProcessEnv, temporary = tmpdir()): Promise<string> {
  const { url, member, wanted } = pinnedBy(env);
  const folder = await bringModel(wanted, temporary, () => openWeb(url), patienceFrom(env));
  const model = join(folder, member);
  if (existsSync(model)) return model;
  throw new ModelError('MODEL_ARCHIVE_INVALID', `${wanted.where}: there is no ${member} in it`);
}

/** Path of the model. The download begins here, and goes on while libraries are loaded. */
export const located = locate((env) => fetched(env));
