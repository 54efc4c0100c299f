import type { StackEvent } from '@aws-sdk/client-cloudformation';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Io } from '../../generator/io.ts';
import type { Progress } from '../print/progress.ts';
import type { Aws } from './clients.ts';
import { eventsSince } from './events.ts';
import { pollDelay } from './poll-delay.ts';

/** The newest event's id: what comes after it belongs to the operation that starts now. */
export async function marker(aws: Aws, stack: string): Promise<string | undefined> {
  return (await eventsSince(aws, stack, undefined)).at(-1)?.EventId;
}

/** How an operation on a stack ended, and all of its events, oldest first. */
export interface Watched {
  readonly status: string;
  readonly events: readonly StackEvent[];
}

/** Shows the events of a stack until it comes to rest. `stackId` is the ARN: a deleted stack has no name any more. */
export async function watch(
  aws: Aws,
  stackId: string,
  after: string | undefined,
  progress: Progress,
  io: Io,
): Promise<Watched> {
  const events: StackEvent[] = [];
  for (;;) {
    const news = await eventsSince(aws, stackId, events.at(-1)?.EventId ?? after);
    for (const event of news) progress.show(event);
    events.push(...news);
    const status = events.findLast((event) => event.PhysicalResourceId === event.StackId)?.ResourceStatus;
    if (status !== undefined && !status.endsWith('_IN_PROGRESS')) return { status, events };
    await sleep(pollDelay(io), undefined, { signal: io.signal });
  }
}
