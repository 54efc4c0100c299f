import { ToolError } from '../errors.ts';
import type { ProbeAnswer, ProbeRequest } from './child/probe.ts';
import { runChild, type ChildOutcome } from './run-child.ts';
import { withServedFile, type Served } from './served-copy.ts';
import { candidateShapes, type SizeHint } from './shapes.ts';
import { SUPPORTED } from './support.ts';
import type { ModelSpec } from './spec.ts';
import { summarise, type Trial } from './trial.ts';

export interface ProbeOptions {
  readonly signal?: AbortSignal | undefined;
  /** Milliseconds for loading and all runs; 120 s where nothing is said. */
  readonly timeout?: number;
  /** Height and width to try first where the graph leaves them open. */
  readonly size?: SizeHint | undefined;
}

/**
 * Loads the model in onnxruntime-node and runs it on made-up numbers, in a child process: a crash or a hang of native code is
 * the model's fault, not ours. A model that loads and takes nothing that is made up may still take what its users have.
 *
 * @throws ToolError MODEL_DOES_NOT_LOAD, MODEL_DOES_NOT_RUN, MODEL_CUSTOM_OPERATOR
 */
export async function probeModel(served: Served, options: ProbeOptions = {}): Promise<Trial> {
  const { mended, spec } = served;
  const strange = spec.served.otherValues.find(({ side }) => side === 'input');
  if (strange || mended.outputs.length === 0) {
    throw new ToolError('MODEL_DOES_NOT_RUN', {
      what: strange
        ? `The input ${strange.name} is a ${strange.type}, which JavaScript can't give it.`
        : `No output is a tensor: ${spec.served.otherValues.map(({ name, type }) => `${name} is a ${type}`).join(', ')}.`,
      where: spec.file,
      expected: 'inputs and outputs that are tensors of numbers',
    });
  }
  const candidates = candidateShapes(mended.inputs, { size: options.size, unknownRank: spec.served.unknownRank });
  const outputs = mended.outputs.map(({ name }) => name);
  const outcome = await withServedFile(served, (file) =>
    runChild<ProbeRequest, ProbeAnswer>(
      'generator/model/child/probe.js',
      { file, outputs, candidates },
      { signal: options.signal, timeout: options.timeout ?? 120_000 },
    ),
  );
  const answer = answerOf(outcome, spec.file);
  const shapes = candidates[answer.candidate];
  if (!shapes) refuseRagged(answer.error, spec);
  return {
    loadMs: answer.loadMs,
    runMs: answer.runMs,
    peakBytes: answer.peakBytes,
    ran: shapes !== undefined,
    reason: shapes ? '' : answer.error,
    inputs: byName(Object.entries(shapes ?? {}).map(([name, { dims }]) => [name, dims])),
    contents: byName(Object.entries(shapes ?? {}).flatMap(([name, { content }]) => (content ? [[name, content]] : []))),
    outputs: byName(Object.entries(answer.outputs).map(([name, { dims, runs }]) => [name, summarise(dims, runs)])),
  };
}

/** Without a prototype: a tensor may be called `hasOwnProperty`, and what is not there is not found. */
function byName<Value>(entries: readonly (readonly [string, Value])[]): Record<string, Value> {
  return Object.assign(Object.create(null) as Record<string, Value>, Object.fromEntries(entries));
}

/** Lists of tensors are served as one tensor (mendings/sequences.ts), which those of different shapes can't be. */
function refuseRagged(error: string, { file, mendings }: ModelSpec): void {
  const list = mendings.find(
    ({ kind, tensor }) => kind === 'sequence' && error.includes(`ConcatFromSequence_${tensor}`),
  );
  if (!list) return;
  throw new ToolError('MODEL_DOES_NOT_RUN', {
    what: `The output ${list.tensor} is a list of tensors that are not of one shape: there is no tensor to answer with.`,
    where: file,
    expected: 'lists of tensors of one shape, which become one tensor',
    next: 'Export the model with an output for each tensor of the list, or with padding to one shape.',
  });
}

function answerOf(outcome: ChildOutcome<ProbeAnswer>, where: string): ProbeAnswer {
  if (outcome.kind === 'answer') return outcome.answer;
  const loading = outcome.phase !== 'run';
  const code = loading ? 'MODEL_DOES_NOT_LOAD' : 'MODEL_DOES_NOT_RUN';
  const doing = loading ? 'load' : 'run';
  switch (outcome.kind) {
    case 'timeout':
      throw new ToolError(code, {
        what: `The model did not ${doing} within ${outcome.seconds} s.`,
        where,
      });
    case 'crashed':
      throw new ToolError(
        code,
        { what: `${SUPPORTED.runtime} crashed when it should ${doing} the model (${outcome.how}).`, where },
        { cause: outcome.stderr },
      );
    case 'failed': {
      const custom = unknownOperator(outcome.message);
      if (custom) {
        throw new ToolError('MODEL_CUSTOM_OPERATOR', {
          what: `The model uses an operator that ${SUPPORTED.runtime} does not have: ${custom}.`,
          where,
          next: 'Export the model with standard operators only.',
        });
      }
      throw new ToolError(code, { what: `${SUPPORTED.runtime} can't ${doing} the model: ${outcome.message}`, where });
    }
  }
}

/** The operator's name in the runtime's message about one that it does not know. */
function unknownOperator(message: string): string | undefined {
  const [, name] =
    /Fatal error: (\S+?)\(-?\d+\) is not a registered function\/op/.exec(message) ??
    /No Op registered for (\S+) with domain_version/.exec(message) ??
    [];
  return name;
}
