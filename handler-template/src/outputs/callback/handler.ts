import { createHash } from 'node:crypto';
import { request } from 'node:https';
import type { Web } from '../../inputs/https/ask.ts';
import { policyOf } from '../../inputs/https/policy.ts';
import { resolve } from '../../inputs/https/resolve.ts';
import { LARGEST } from '../../limits.ts';
import { messageOf } from '../common/message.ts';
import { patience } from '../common/patience.ts';
import type { Output } from '../output.ts';
import { post } from './post.ts';

/** What a header's value may be made of. */
const PLAIN = /^[\x21-\x7e]{1,255}$/;

/** Each answer is posted to a URL; the same request has the same Idempotency-Key, so who is told twice knows it. */
export function toCallback({ OUTPUT_CALLBACK: url = '' }: NodeJS.ProcessEnv, web: Web): Output {
  return {
    prepare(result) {
      const body = messageOf(result, 'callback', LARGEST);
      const headers = {
        'content-type': 'application/json',
        'content-length': Buffer.byteLength(body),
        'idempotency-key': plain(result.origin.id),
      };
      return () => post(web, url, { method: 'POST', headers, body }, patience());
    },
  };
}

const plain = (id: string): string => (PLAIN.test(id) ? id : createHash('sha256').update(id).digest('hex'));

export const callbackOutput = toCallback(process.env, { resolve, request, policy: policyOf(process.env) });
