import { hint } from '../../hints/hint.ts';
import { guessText, TEXT_INPUT, type TextGuess } from '../../text/input.ts';
import { textFixtures } from '../../text/fixtures.ts';
import { textHandler } from '../../text/handler.ts';
import { reasonsOf, textHints, tokenizerFiles, tokensAnswer, withMaxTokens } from '../../text/settle.ts';
import type { Fit, GuessOf, ModelFacts, TaskModule } from '../task.ts';
import { modulesOf, normalizeHint, poolingHint } from './hints.ts';
import { embeddingOperation } from './operation.ts';
import { vectorsOf, type VectorsOutput } from './output.ts';
import { embeddingReadme } from './readme.ts';
import type { TextEmbedding } from './settings.ts';

const EXPECTED = `${TEXT_INPUT}; and an output of floats with a vector a text, N×D, or a token, N×T×D`;
/** Steps of sentence-transformers that are in the graph or done here. */
const KNOWN_STEPS = ['Transformer', 'Pooling', 'Normalize'];

/** Texts in, vectors out. */
export const textEmbedding: TaskModule<TextEmbedding> = {
  kind: 'text-embedding',
  name: 'Text embedding',
  title: 'a text in, a vector out',
  fit,
  guess,
  sizeHint: () => undefined,
  questions: ['maxTokens', 'pooling', 'normalize'],
  settle({ task }, { pooling, normalize, maxTokens }) {
    return { ...task, input: withMaxTokens(task.input, maxTokens), pooling, normalize };
  },
  answers: ({ input, pooling, normalize }) => ({ pooling, normalize, ...tokensAnswer(input) }),
  classes: () => undefined,
  operation: embeddingOperation,
  fixtures: (settings, parts) => textFixtures(settings, parts, 'generator/tasks/text-embedding/child/oracle.js'),
  readme: embeddingReadme,
  handler: (settings) => textHandler('text-embedding', 'textEmbedding', settings),
  modelFiles: tokenizerFiles,
};

function fit(facts: ModelFacts): Fit {
  const misfit = (got: string): Fit => ({ kind: 'misfit', expected: EXPECTED, got });
  const input = guessText(facts);
  if (input.kind === 'other') return misfit(input.why);
  const vectors = vectorsOf(facts);
  if ('why' in vectors)
    return facts.trial
      ? misfit(`no output has vectors: ${vectors.why}`)
      : { kind: 'unsure', why: `only a trial run tells the shape of ${vectors.why}` };
  if (vectors.each === 'text') return { kind: 'fits' };
  const missing = modulesOf(facts.sideFiles)?.find((step) => !KNOWN_STEPS.includes(step));
  if (missing) return misfit(`modules.json has a step ${missing} that the graph has not`);
  return poolingHint(facts.sideFiles)
    ? { kind: 'fits' }
    : misfit('1_Pooling/config.json wants several ways of pooling at once');
}

function guess(facts: ModelFacts): GuessOf<TextEmbedding> {
  const read = guessText(facts) as Extract<TextGuess, { kind: 'text' }>;
  const vectors = vectorsOf(facts) as VectorsOutput;
  const { tensor, dimensions } = vectors;
  const { sideFiles } = facts;
  const own = hint('none' as const, 'graph', `${tensor.name} has one vector a text.`);
  const pooling = vectors.each === 'text' ? own : (poolingHint(sideFiles) ?? own);
  const normalize = normalizeHint(sideFiles);
  const output = hint(tensor.name, 'graph', `It has a vector of ${dimensions} numbers a ${vectors.each}.`);
  const hints = { ...read.hints, pooling, normalize };
  return {
    kind: 'text-embedding',
    task: {
      kind: 'text-embedding',
      input: read.input,
      output: tensor.name,
      texts: read.texts,
      pooling: pooling.value,
      normalize: normalize.value,
      dimensions,
    },
    labels: undefined,
    reasons: reasonsOf({ output, ...hints }),
    hints: { text: { ...textHints(read, hints), pooling: pooling.value, normalize: normalize.value } },
  };
}
