import { ToolError } from '../../generator/errors.ts';
import type { Command } from '../../generator/io.ts';

export const test: Command<object> = () => Promise.reject(new ToolError('USAGE', { what: 'test is not there yet.' }));
