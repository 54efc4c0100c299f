import { createHook } from 'node:async_hooks';

/** What Node opens to reach somebody: TCP, UDP and questions for a name. */
const OPENED = ['TCPWRAP', 'UDPWRAP', 'GETADDRINFOREQWRAP', 'QUERYWRAP'];

/** Everything that is opened while some work is done, by Node's own account. */
export async function openedBy(work: () => Promise<unknown>): Promise<readonly string[]> {
  const opened: string[] = [];
  const hook = createHook({ init: (_id, type) => void (OPENED.includes(type) && opened.push(type)) }).enable();
  try {
    await work();
  } finally {
    hook.disable();
  }
  return opened;
}
