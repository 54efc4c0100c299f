import { Command } from 'commander';
import type { Io } from '../io.ts';

export function createProgram(_io: Io, _done: (code: number) => void): Command {
  return new Command('create-onnx-lambda');
}
