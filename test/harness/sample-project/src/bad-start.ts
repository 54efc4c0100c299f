import { existsSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Starts that go wrong, by the name that the template's parameter Init gives. */
export function badStart(how: string): void {
  const marker = join(tmpdir(), 'started-before');
  const again = existsSync(marker);
  writeFileSync(marker, '');
  if (how === 'throw' || (how === 'throw-once' && !again)) {
    const error = new Error('no model');
    error.name = 'MODEL_GONE';
    throw error;
  }
  if (how === 'exit') process.exit(7);
  if (how === 'slow' || (how === 'slow-once' && !again)) for (;;);
}
