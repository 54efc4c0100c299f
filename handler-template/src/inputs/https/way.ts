import { request } from 'node:https';
import type { Way } from '../named.ts';
import { policyOf } from './policy.ts';
import { resolve } from './resolve.ts';
import { download } from './web.ts';

const web = { resolve, request, policy: policyOf(process.env) };

/** `https://…` on the public internet. */
export const https: Way = { scheme: 'https:', fetch: (url, limit, deadline) => download(web, url, limit, deadline) };
