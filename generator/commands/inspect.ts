import { ToolError } from '../../generator/errors.ts';
import type { Command } from '../../generator/io.ts';

export const inspect: Command<object> = () =>
  Promise.reject(new ToolError('USAGE', { what: 'inspect is not there yet.' }));
