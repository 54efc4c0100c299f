import type { Io } from '../../generator/io.ts';
import { printTable } from './table.ts';

/** Names and values as the answer on stdout, and as a table for who looks on. */
export function printOutputs(outputs: Readonly<Record<string, string>>, io: Io): void {
  printTable(['output', 'value'], Object.entries(outputs), io);
  io.stdout.write(`${JSON.stringify(outputs, null, 2)}\n`);
}
