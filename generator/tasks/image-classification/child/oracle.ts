import { InferenceSession, Tensor } from 'onnxruntime-node';
import type { ImageClassification } from '../settings.ts';
import type { Prediction } from '../../../expected.ts';
import type { ElementType } from '../../../model/spec.ts';
import { decode } from '../../../pictures/child/decode.ts';
import { preprocess } from '../../../pictures/child/preprocess.ts';
import { answerParent } from '../../../model/child/serve.ts';

export interface OracleRequest {
  readonly file: string;
  readonly task: ImageClassification;
  /** One a class, in the order of the scores. */
  readonly labels: readonly string[];
  /** Of the task's input, as it is served: decides the tensor. */
  readonly elementType: ElementType;
  /** Pictures in one batch; the picture is repeated. */
  readonly batch: number;
  readonly pictures: readonly { readonly name: string; readonly bytes: Uint8Array }[];
}

/** By picture: all classes, best first, or why the picture can't be read. */
export type OracleAnswer = Readonly<Record<string, { predictions: Prediction[] } | { unreadable: string }>>;

answerParent<OracleRequest, OracleAnswer>(async (request, phase) => {
  phase('load');
  const session = await InferenceSession.create(request.file, { logSeverityLevel: 4 });
  phase('run');
  const answers: Record<string, { predictions: Prediction[] } | { unreadable: string }> = {};
  for (const { name, bytes } of request.pictures) {
    let picture;
    try {
      picture = await decode(bytes);
    } catch (error) {
      answers[name] = { unreadable: error instanceof Error ? error.message : String(error) };
      continue;
    }
    const one = preprocess(picture, request.task.preprocessing);
    const scores = await infer(session, request, one);
    answers[name] = { predictions: rank(scores, request.labels) };
  }
  return answers;
});

async function infer(session: InferenceSession, request: OracleRequest, one: Float64Array): Promise<number[]> {
  const { task, elementType, batch } = request;
  const { width, height, layout, colorOrder } = task.preprocessing;
  const channels = colorOrder === 'gray' ? 1 : 3;
  const dims = layout === 'NCHW' ? [batch, channels, height, width] : [batch, height, width, channels];
  const all = new Float64Array(one.length * batch);
  for (let i = 0; i < batch; i++) all.set(one, i * one.length);
  const tensor =
    elementType === 'uint8'
      ? new Tensor(
          'uint8',
          Uint8Array.from(all, (x) => Math.max(0, Math.min(255, Math.round(x)))),
          dims,
        )
      : new Tensor('float32', Float32Array.from(all), dims);
  const output = (await session.run({ [task.input]: tensor }, [task.output]))[task.output];
  const scores = Array.from(output?.data as ArrayLike<number>, Number).slice(0, task.classes);
  if (scores.length !== task.classes || !scores.every(Number.isFinite)) {
    throw new Error(`${task.output} has no ${task.classes} finite scores`);
  }
  return task.scores === 'logits' ? softmax(scores) : scores;
}

function softmax(logits: readonly number[]): number[] {
  const most = Math.max(...logits);
  const powers = logits.map((logit) => Math.exp(logit - most));
  const sum = powers.reduce((a, b) => a + b, 0);
  return powers.map((power) => power / sum);
}

function rank(scores: readonly number[], labels: readonly string[]): Prediction[] {
  return scores
    .map((probability, i) => ({ className: labels[i] ?? `class_${i}`, probability }))
    .sort((a, b) => b.probability - a.probability);
}
