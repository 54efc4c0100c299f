import type { StackEvent } from '@aws-sdk/client-cloudformation';
import ora, { type Ora } from 'ora';
import type { Io } from '../../generator/io.ts';

/** Shows what happens to each resource: lines, with a spinner below them on a terminal. */
export interface Progress {
  show(event: StackEvent): void;
  stop(): void;
}

/** `12:30:05  Function  AWS::Lambda::Function  CREATE_COMPLETE` and the reason of a failure. */
export function eventLine(event: StackEvent): string {
  const time = event.Timestamp?.toISOString().slice(11, 19) ?? '';
  const reason = /FAILED|ROLLBACK/.test(event.ResourceStatus ?? '') ? event.ResourceStatusReason : undefined;
  const columns = [
    time,
    (event.ResourceStatus ?? '').padEnd(26),
    (event.LogicalResourceId ?? '').padEnd(32),
    event.ResourceType ?? '',
  ];
  return `  ${columns.join('  ')}${reason ? `  ${reason}` : ''}`;
}

export function startProgress(title: string, total: number, io: Io): Progress {
  const spinner: Ora | undefined = io.stderr.isTTY
    ? ora({ text: title, stream: io.stderr as NodeJS.WriteStream, discardStdin: false }).start()
    : undefined;
  if (!spinner) io.stderr.write(`${title}\n`);
  const done = new Set<string>();
  return {
    show(event) {
      spinner?.clear();
      io.stderr.write(`${eventLine(event)}\n`);
      const isStack = event.PhysicalResourceId === event.StackId;
      if (!isStack && event.ResourceStatus?.endsWith('_COMPLETE')) done.add(event.LogicalResourceId ?? '');
      if (spinner) spinner.text = `${title}  ${Math.min(done.size, total)} of ${total}`;
    },
    stop() {
      spinner?.stop();
    },
  };
}
