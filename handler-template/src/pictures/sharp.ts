import type Sharp from 'sharp';
import { fromLayer } from '../layer.ts';
import { threads } from '../threads.ts';

export const sharp = fromLayer('sharp') as typeof Sharp;

// Every picture is another one: a cache of decoded ones would only cost memory.
sharp.cache(false);
if (threads) sharp.concurrency(threads);
