import { ToolError } from '../../generator/errors.ts';
import type { Command } from '../../generator/io.ts';

export const status: Command<object> = () =>
  Promise.reject(new ToolError('USAGE', { what: 'status is not there yet.' }));
