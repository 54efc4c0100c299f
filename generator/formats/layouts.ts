import { files } from './files.ts';
import { huggingFace } from './hugging-face.ts';
import { multiModelServer } from './multi-model-server.ts';
import { sagemaker } from './sagemaker.ts';
import type { Layout } from './source.ts';
import { torchserve } from './torchserve.ts';
import { triton } from './triton.ts';

/** Every layout that is known, surest sign first; the last takes what is left. */
export const LAYOUTS: readonly Layout[] = [torchserve, multiModelServer, triton, sagemaker, huggingFace, files];
