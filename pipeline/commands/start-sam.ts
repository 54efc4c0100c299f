import { ToolError } from '../../generator/errors.ts';
import type { Command } from '../../generator/io.ts';

export const startSam: Command<object> = () =>
  Promise.reject(new ToolError('USAGE', { what: 'startSam is not there yet.' }));
