import type { Io } from '../../generator/io.ts';
import type { Build } from '../build/build.ts';
import { Lambda, type LambdaOptions } from '../lambda/lambda.ts';
import type { Project } from '../template/project.ts';

/** Runs a function for as long as `use` takes; Ctrl-C ends it at once, and nothing of it is left afterwards. */
export async function withLambda<Result>(
  project: Project,
  build: Build,
  options: LambdaOptions,
  { signal }: Pick<Io, 'signal'>,
  use: (lambda: Lambda) => Promise<Result>,
): Promise<Result> {
  const lambda = new Lambda(project, build, options);
  const onAbort = (): void => void lambda.close();
  signal.addEventListener('abort', onAbort, { once: true });
  try {
    return await use(lambda);
  } finally {
    signal.removeEventListener('abort', onAbort);
    await lambda.close();
  }
}
