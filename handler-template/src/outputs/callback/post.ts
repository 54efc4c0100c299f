import { setTimeout as sleep } from 'node:timers/promises';
import type { ServiceError } from '../../errors.ts';
import { explainDownload } from '../../inputs/failures.ts';
import { ask, type Asked, type Web } from '../../inputs/https/ask.ts';
import { targetOf } from '../../inputs/https/url.ts';
import { logger } from '../../telemetry.ts';
import { within } from '../../time-left.ts';
import { failed, unavailable } from '../common/failures.ts';

/** How often it is tried. */
const ATTEMPTS = 4;
/** ms that one try may take. */
const LONGEST_TRY = 5_000;
/** ms before the second try; each later pause is twice as long. */
const PAUSE = 200;

/** What came of a try. */
type Outcome =
  | { readonly kind: 'taken' }
  | { readonly kind: 'refused'; readonly why: unknown }
  | { readonly kind: 'later'; readonly why: unknown; readonly pause: number };

/**
 * Posts to a host of the public internet; again, where that may help and there is time. Nobody is sent elsewhere: a redirect is a refusal.
 *
 * @param left ms for all of it
 * @throws ServiceError OUTPUT_FAILED, OUTPUT_UNAVAILABLE
 */
export async function post(web: Web, url: string, asked: Asked, left: number): Promise<void> {
  const end = performance.now() + left;
  for (let attempt = 1; ; attempt++) {
    const room = end - performance.now();
    const outcome = await tryOnce(web, url, asked, within(Math.min(LONGEST_TRY, room)));
    if (outcome.kind === 'taken') return;
    logger.warn('an output failed', { output: 'callback', attempt, error: String(outcome.why) });
    if (outcome.kind === 'refused') throw failed(outcome.why);
    // Not all at the same time: half of it by chance.
    const pause = Math.max(outcome.pause, PAUSE * 2 ** (attempt - 1) * (0.5 + Math.random() / 2));
    if (attempt === ATTEMPTS || performance.now() + pause >= end) throw unavailable(outcome.why);
    await sleep(pause);
  }
}

async function tryOnce(web: Web, url: string, asked: Asked, deadline: AbortSignal): Promise<Outcome> {
  try {
    const response = await ask(web, targetOf(url, web.policy), deadline, asked);
    // What it says does not matter.
    response.destroy();
    const { statusCode: status = 500, headers } = response;
    if (status >= 200 && status < 300) return { kind: 'taken' };
    const why = `status ${status}`;
    const mayPass = status >= 500 || [408, 425, 429].includes(status);
    return mayPass ? { kind: 'later', why, pause: pauseOf(headers['retry-after']) } : { kind: 'refused', why };
  } catch (error) {
    return outcomeOf(explainDownload(error, deadline));
  }
}

/** Retry-After in seconds; a date is not waited for. */
const pauseOf = (seconds = ''): number => (/^\d{1,5}$/.test(seconds) ? Number(seconds) * 1000 : 0);

function outcomeOf(error: ServiceError): Outcome {
  return error.status < 500 ? { kind: 'refused', why: error } : { kind: 'later', why: error, pause: 0 };
}
