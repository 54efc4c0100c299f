import type * as Ort from 'onnxruntime-node';
import { fromLayer } from './layer.ts';

export const ort = fromLayer('onnxruntime-node') as typeof Ort;
