import type { ChildMessage } from '../run-child.ts';

/** The child's half of `runChild`: takes one request, sends where it is, then one answer or the error's message. */
export function answerParent<Request, Answer>(
  work: (request: Request, phase: (name: string) => void) => Promise<Answer>,
): void {
  const send = (message: ChildMessage<Answer>): void => void process.send?.(message);
  // A parent that is gone has no use for the answer.
  process.on('disconnect', () => process.exit(0));
  process.once('message', (request: Request) => {
    work(request, (phase) => send({ kind: 'phase', phase })).then(
      (answer) => send({ kind: 'answer', answer }),
      (error: unknown) => send({ kind: 'failed', message: error instanceof Error ? error.message : String(error) }),
    );
  });
}
