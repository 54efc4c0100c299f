import { ToolError } from '../errors.ts';
import { runChild, type ChildOptions } from './run-child.ts';
import { withServedFile, type Served } from './served-copy.ts';

/** Made-up requests can be many, and models slow. */
const TIMEOUT = 120_000;

/** What the model is asked about, as errors call it. */
export type Samples = 'pictures' | 'rows' | 'texts' | 'tensors';

/**
 * Asks the model, as it will be served, in a child process: expected answers of fixtures come from here.
 *
 * @param child the module that is run, relative to the package
 * @param request all but the model's file
 * @throws ToolError MODEL_DOES_NOT_RUN
 */
export async function askOnSamples<Request extends { readonly file: string }, Answer>(
  served: Served,
  samples: Samples,
  child: string,
  request: Omit<Request, 'file'>,
  { signal, timeout = TIMEOUT }: Partial<ChildOptions> = {},
): Promise<Answer> {
  const outcome = await withServedFile(served, (file) =>
    runChild<Omit<Request, 'file'> & { file: string }, Answer>(child, { ...request, file }, { signal, timeout }),
  );
  if (outcome.kind === 'answer') return outcome.answer;
  const why =
    outcome.kind === 'failed' ? outcome.message : outcome.kind === 'crashed' ? outcome.how : 'it took too long';
  throw new ToolError('MODEL_DOES_NOT_RUN', {
    what: `The model can't be run on the sample ${samples}: ${why}`,
    where: served.spec.file,
    ...(samples !== 'tensors' && { next: '--task tensor serves it for any values of the right types and shapes' }),
  });
}
