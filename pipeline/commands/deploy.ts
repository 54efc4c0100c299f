import { ToolError } from '../../generator/errors.ts';
import type { Command } from '../../generator/io.ts';

export const deploy: Command<object> = () =>
  Promise.reject(new ToolError('USAGE', { what: 'deploy is not there yet.' }));
