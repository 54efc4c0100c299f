import { ToolError } from '../../generator/errors.ts';
import type { Command } from '../../generator/io.ts';

export const build: Command<object> = () => Promise.reject(new ToolError('USAGE', { what: 'build is not there yet.' }));
