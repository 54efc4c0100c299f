import { ToolError } from '../../generator/errors.ts';
import type { Command } from '../../generator/io.ts';

export const invoke: Command<object> = () =>
  Promise.reject(new ToolError('USAGE', { what: 'invoke is not there yet.' }));
