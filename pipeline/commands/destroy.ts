import { ToolError } from '../../generator/errors.ts';
import type { Command } from '../../generator/io.ts';

export const destroy: Command<object> = () =>
  Promise.reject(new ToolError('USAGE', { what: 'destroy is not there yet.' }));
