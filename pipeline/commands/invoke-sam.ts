import { ToolError } from '../../generator/errors.ts';
import type { Command } from '../../generator/io.ts';

export const invokeSam: Command<object> = () =>
  Promise.reject(new ToolError('USAGE', { what: 'invokeSam is not there yet.' }));
