import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Command } from '../../generator/io.ts';
import { ToolError } from '../../generator/errors.ts';
import type { InvokeOptions } from '../../harness/commands/invoke.ts';
import { payloadOf } from '../../harness/commands/payload.ts';
import { printAnswer } from '../../harness/commands/print-answer.ts';
import { upload } from '../../harness/local-aws/upload.ts';
import { prepareLocal } from '../local/call.ts';
import { readProject } from '../project.ts';
import * as argv from '../sam/argv.ts';
import { diagnoseSam } from '../sam/diagnose.ts';
import { runSam } from '../sam/run.ts';

/** `onnx-lambda invoke --sam`: one event through `sam local invoke`; its answer alone on stdout, 1 where the function failed. */
export const invokeSam: Command<InvokeOptions> = async (options, io) => {
  const { root } = await readProject(io.cwd);
  const { text, object } = await payloadOf(options, { root, function: { environment: {} } }, io);
  if (object && options.bucket === undefined) throw needsBucket();
  const { project, ...call } = await prepareLocal(options.stage ?? 'dev', io);
  const folder = await mkdtemp(join(tmpdir(), 'onnx-lambda-'));
  try {
    const event = join(folder, 'event.json');
    await writeFile(event, text);
    if (object) await upload(object, io.env);
    const args = argv.localInvoke({ ...call, functionId: 'Function', event });
    const ran = await runSam(args, { cwd: project.root, show: 'stderr' }, io);
    const answer = ran.stdout.trim();
    if (ran.kind === 'failed') throw diagnoseSam(ran.stderr + ran.stdout, 'SAM_FAILED', '`sam local invoke` failed.');
    if (answer === '')
      throw diagnoseSam(ran.stderr, 'FUNCTION_FAILED', 'The function gave no answer: it timed out or crashed.');
    printAnswer(answer, options.output, io);
    return isFailure(answer) ? 1 : 0;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
};

const needsBucket = (): ToolError =>
  new ToolError('USAGE', {
    what: 'A function in Docker reads the object from S3 itself.',
    where: '--bucket',
    expected: 'a bucket that you may write to and the function may read: --bucket NAME',
  });

/** SAM prints Lambda's error object where an answer would be, and ends with 0. */
export function isFailure(answer: string): boolean {
  try {
    const value = JSON.parse(answer) as unknown;
    return typeof value === 'object' && value !== null && 'errorType' in value && 'errorMessage' in value;
  } catch {
    return true;
  }
}
