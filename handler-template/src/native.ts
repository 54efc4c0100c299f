import { createRequire } from 'node:module';
import type * as Ort from 'onnxruntime-node';
import type Sharp from 'sharp';
import { threadsFor } from './threads.ts';

// The layer is at /opt/nodejs, which only `require` looks at: an ES module's import does not know NODE_PATH.
const load = createRequire(import.meta.url);

export const ort = load('onnxruntime-node') as typeof Ort;
export const sharp = load('sharp') as typeof Sharp;

/** How many threads native code may use; undefined outside Lambda, where the machine decides. */
export const threads = threadsFor(process.env['AWS_LAMBDA_FUNCTION_MEMORY_SIZE']);

// Every picture is another one: a cache of decoded ones would only cost memory.
sharp.cache(false);
if (threads) sharp.concurrency(threads);
