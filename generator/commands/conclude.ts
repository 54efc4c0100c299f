import { answerSize, answerWarning, type AnswerSize } from '../advice/answer-size.ts';
import { memoryAdvice, type MemoryAdvice } from '../advice/memory.ts';
import { expectedSizes, tooLargeForLayer, type ExpectedSizes } from '../advice/sizes.ts';
import type { Answers } from '../questions/answers.ts';
import type { Blueprint } from '../blueprint.ts';
import type { ModelSpec, Signature } from '../model/spec.ts';
import type { Trial } from '../model/trial.ts';
import { handlerOf, type Guess } from '../tasks/table.ts';
import type { HandlerParts } from '../tasks/task.ts';

/** What a model will take on Lambda. */
export interface Conclusions {
  readonly sizes: Readonly<Record<Blueprint['function']['architecture'], ExpectedSizes>>;
  /** Undefined where nothing says how large the outputs are. */
  readonly answer: AnswerSize | undefined;
  readonly memory: MemoryAdvice;
}

/** What any model needs of the handler. */
const NO_TASK: Pick<HandlerParts, 'runtime' | 'folders'> = { runtime: ['onnxruntime-node'], folders: [] };

export interface Known {
  readonly spec: ModelSpec;
  /** As it is served. */
  readonly signature: Pick<Signature, 'inputs' | 'outputs'>;
  readonly trial: Trial | undefined;
  readonly guess: Guess | undefined;
}

/** What follows from what is known of a model. */
export function conclude({ spec, signature, trial, guess }: Known): Conclusions {
  const bytes = spec.bytes + spec.externalBytes;
  const { runtime, folders } = guess ? handlerOf(guess.task) : NO_TASK;
  return {
    sizes: { arm64: expectedSizes(bytes, runtime, 'arm64'), x86_64: expectedSizes(bytes, runtime, 'x86_64') },
    answer: answerSize(signature.inputs, signature.outputs, trial),
    memory: memoryAdvice({ model: bytes, peak: trial?.peakBytes, pictures: folders.includes('pictures') }),
  };
}

/** What a person must know before it is deployed, a sentence each. */
export function warnings(
  { answer, sizes, memory: { atLeast, why } }: Conclusions,
  { memory, architecture, modelSource }: Pick<Answers, 'memory' | 'architecture' | 'modelSource'>,
): readonly string[] {
  const large = answer && answerWarning(answer);
  const little =
    memory < atLeast ? `${memory} MB of memory may be too little: ${atLeast} MB are advised, since ${why}.` : undefined;
  const cramped = modelSource === 's3' ? tooLargeForLayer(sizes[architecture]) : undefined;
  const far = cramped && `The function fetches its model from S3 when it starts (--model-source s3), since ${cramped}.`;
  return [large, little, far].filter((one) => one !== undefined);
}
