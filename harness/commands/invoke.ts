import type { Command } from '../../generator/io.ts';
import { buildFunction } from '../build/build.ts';
import { tellWritten } from '../events/tell.ts';
import { withAws } from '../local-aws/with-aws.ts';
import { openProject } from '../template/project.ts';
import { payloadOf, type EventOptions } from './payload.ts';
import { printAnswer } from './print-answer.ts';
import { withLambda } from './with-lambda.ts';

export interface InvokeOptions extends EventOptions {
  readonly stage?: string;
  /** Where the bytes of a picture in the answer go. */
  readonly output?: string;
  readonly credentials?: boolean;
}

/**
 * Sends one fixture (a picture as `{"image": base64}`), a fixture as a trigger would send it, or one event straight to the function. stdout has its
 * answer, JSON alone, stderr what it wrote elsewhere; where the function failed, stdout has Lambda's error object, and the exit code is 1, as it is where
 * a part of the event failed.
 */
export const invoke: Command<InvokeOptions> = async (options, io) => {
  const project = await openProject(io.cwd, options.stage);
  const payload = await payloadOf(options, project, io);
  const build = await buildFunction(project);
  return withAws(project, io, options.credentials, async (aws) => {
    if (payload.object) await aws.put(payload.object);
    const settings = {
      log: (line: string) => io.stderr.write(`${line}\n`),
      environments: 1,
      variables: aws.variables,
    };
    return withLambda(project, build, settings, io, async (lambda) => {
      const invocation = await lambda.invoke(payload.text);
      io.signal.throwIfAborted();
      io.stderr.write(tellWritten(aws.written()));
      printAnswer(invocation.payload, options.output, io);
      return invocation.kind === 'answered' && !failedInPart(invocation.payload) ? 0 : 1;
    });
  });
};

/** Whether the function reports records that are to come again. */
function failedInPart(payload: string): boolean {
  const { batchItemFailures } = (JSON.parse(payload) ?? {}) as { batchItemFailures?: readonly unknown[] };
  return (batchItemFailures?.length ?? 0) > 0;
}
