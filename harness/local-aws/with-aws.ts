import { readFileSync } from 'node:fs';
import type { Io } from '../../generator/io.ts';
import { hostCredentials } from '../credentials.ts';
import { contentTypeOf } from '../fixture-files.ts';
import type { Project } from '../template/project.ts';
import { LocalAws } from './local-aws.ts';
import type { Written } from './service.ts';
import { upload, type Upload } from './upload.ts';

/** The AWS that a function reaches from here. */
export interface Aws {
  /** What the function must have in its environment. */
  readonly variables: Readonly<Record<string, string>>;
  /** Puts a file where an event says it is. */
  readonly put: (object: Upload) => Promise<void>;
  /** What the function wrote, as far as that is known here. */
  readonly written: () => readonly Written[];
}

/** AWS as the shell has it where that was said (AWS_ENDPOINT_URL, --credentials), and else what stands in for it on this machine. */
export async function withAws<Result>(
  project: Project,
  { env }: Pick<Io, 'env'>,
  asked: boolean | undefined,
  use: (aws: Aws) => Promise<Result>,
): Promise<Result> {
  const endpoint = env['AWS_ENDPOINT_URL'] || undefined;
  const local = await LocalAws.start(project.root, endpoint);
  try {
    const given = hostCredentials(env, project.function, asked, endpoint === undefined ? local.variables : undefined);
    // What is written to a stand-in passes through here, to be seen; AWS itself would not take what was signed for another host.
    const { AWS_ENDPOINT_URL = '' } = local.variables;
    const variables = 'AWS_ENDPOINT_URL' in given ? { ...given, AWS_ENDPOINT_URL } : given;
    const isLocal = endpoint === undefined && 'AWS_ENDPOINT_URL' in given;
    return await use({
      variables,
      written: () => local.written,
      put: async (object) => {
        const { bucket, key, file } = object;
        if (isLocal) local.put(bucket, key, readFileSync(file), contentTypeOf(file));
        else await upload(object, env);
      },
    });
  } finally {
    await local.close();
  }
}
