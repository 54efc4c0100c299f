import { InferenceSession, type Tensor } from 'onnxruntime-node';
import { answerParent } from '../../model/child/serve.ts';
import type { ElementType } from '../../model/spec.ts';
import type { Preprocessing } from '../preprocessing.ts';
import { decode } from './decode.ts';
import { feedOf } from './feed.ts';
import type { Picture } from './resample.ts';

/** What every question about pictures has; a task adds its own fields. */
export interface PicturesRequest {
  readonly file: string;
  readonly task: { readonly input: string; readonly preprocessing: Preprocessing };
  /** Of the task's input, as it is served: decides the tensor. */
  readonly elementType: ElementType;
  /** Pictures in one batch; the picture is repeated. */
  readonly batch: number;
  readonly pictures: readonly { readonly name: string; readonly bytes: Uint8Array }[];
}

/** By picture: what the model says, or why the picture can't be read. */
export type PicturesAnswer<Answer> = Readonly<
  Record<string, { readonly answer: Answer } | { readonly unreadable: string }>
>;

/** The named output of the model for the picture that is asked about, or for another one with a way of its own to the tensor. */
export type Ask = (output: string, other?: { picture: Picture; preprocessing: Preprocessing }) => Promise<Tensor>;

/**
 * The whole of a child process that runs a model on pictures.
 *
 * @param answerOf what the task makes of one upright RGB picture
 */
export function answerPictures<Request extends PicturesRequest, Answer>(
  answerOf: (ask: Ask, request: Request, picture: Picture) => Promise<Answer>,
): void {
  answerParent<Request, PicturesAnswer<Answer>>(async (request, phase) => {
    phase('load');
    const session = await InferenceSession.create(request.file, { logSeverityLevel: 4 });
    phase('run');
    const answers: Record<string, { answer: Answer } | { unreadable: string }> = {};
    for (const { name, bytes } of request.pictures) {
      const picture = await decode(bytes).catch((error: unknown) =>
        error instanceof Error ? error.message : String(error),
      );
      answers[name] =
        typeof picture === 'string'
          ? { unreadable: picture }
          : { answer: await answerOf(asker(session, request, picture), request, picture) };
    }
    return answers;
  });
}

function asker(session: InferenceSession, { task, ...request }: PicturesRequest, picture: Picture): Ask {
  return async (output, { preprocessing, ...other } = { picture, preprocessing: task.preprocessing }) => {
    const feeds = { [task.input]: feedOf(other.picture, preprocessing, request) };
    const result = (await session.run(feeds, [output]))[output];
    if (!result) throw new Error(`The model has no output ${output}`);
    return result;
  };
}
