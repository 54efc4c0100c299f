import { ToolError } from '../../generator/errors.ts';
import type { Command } from '../../generator/io.ts';

export const start: Command<object> = () => Promise.reject(new ToolError('USAGE', { what: 'start is not there yet.' }));
