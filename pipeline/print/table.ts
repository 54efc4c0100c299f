import Table from 'cli-table3';
import { stripVTControlCharacters } from 'node:util';
import type { Io } from '../../generator/io.ts';

/** Rows under a head, as a person reads them. Without a terminal: no colours, nothing cut. */
export function formatTable(head: readonly string[], rows: readonly (readonly string[])[], colours: boolean): string {
  const table = new Table({
    head: [...head],
    style: { head: colours ? ['cyan'] : [], border: colours ? ['grey'] : [] },
  });
  for (const row of rows) table.push([...row]);
  return colours ? table.toString() : stripVTControlCharacters(table.toString());
}

/** Prints a table on stderr: stdout is for the answer. */
export function printTable(head: readonly string[], rows: readonly (readonly string[])[], io: Io): void {
  io.stderr.write(`${formatTable(head, rows, Boolean(io.stderr.isTTY) && !io.env['NO_COLOR'])}\n`);
}
