import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { ToolError } from '../errors.ts';
import { askOnSamples } from '../model/ask-on-samples.ts';
import type { Served } from '../model/served-copy.ts';
import type { PicturesAnswer, PicturesRequest } from './child/answer-pictures.ts';

/** A picture to ask about: a file, or bytes under a name. */
export type PictureSource = string | { readonly name: string; readonly bytes: Uint8Array };

export interface OracleOptions<Settings extends PicturesRequest['task']> {
  readonly served: Served;
  readonly task: Settings;
  readonly pictures: readonly PictureSource[];
  readonly signal?: AbortSignal | undefined;
  /** Milliseconds for all pictures; 120 s where nothing is said. */
  readonly timeout?: number;
}

/**
 * What the model itself says about pictures, by preprocessing that is written apart from the handler's: the expected answers of
 * a project's fixtures come from here.
 *
 * @param child the module that is run, in dist: it calls answerPictures
 * @param more fields of the task's request beside those of every one
 * @returns by the picture's file name
 * @throws ToolError PICTURE_INVALID, MODEL_DOES_NOT_RUN
 */
export async function askAboutPictures<Request extends PicturesRequest, Answer>(
  child: string,
  options: OracleOptions<Request['task']>,
  more: Omit<Request, keyof PicturesRequest>,
): Promise<Record<string, Answer>> {
  const { served, task } = options;
  const input = served.mended.inputs.find(({ name }) => name === task.input);
  const batch = input?.dims[0];
  const asked = {
    task,
    elementType: input?.elementType ?? 'float32',
    batch: typeof batch === 'number' ? batch : 1,
    pictures: await Promise.all(options.pictures.map(loadPicture)),
  };
  const answer = await askOnSamples<PicturesRequest, PicturesAnswer<Answer>>(
    served,
    'pictures',
    child,
    { ...asked, ...more },
    options,
  );
  return Object.fromEntries(
    Object.entries(answer).map(([name, result]) => {
      if ('answer' in result) return [name, result.answer];
      throw new ToolError('PICTURE_INVALID', {
        what: `The picture can't be read: ${result.unreadable}`,
        where: name,
        expected: 'a whole JPEG, PNG or WebP picture',
      });
    }),
  );
}

async function loadPicture(source: PictureSource): Promise<{ name: string; bytes: Uint8Array }> {
  if (typeof source !== 'string') return source;
  try {
    return { name: basename(source), bytes: await readFile(source) };
  } catch (error) {
    throw new ToolError(
      'PICTURE_INVALID',
      { what: `The picture can't be read: ${(error as Error).message}`, where: source },
      { cause: error },
    );
  }
}
