import type { StageStatus } from './read.ts';

/** The lines of the table, each with what a stage shows there. */
const LINES: readonly (readonly [title: string, cell: (status: StageStatus) => string | undefined])[] = [
  ['stack', (status) => status.stackName],
  [
    'state',
    (status) => (status.kind === 'unreadable' ? status.code : status.kind === 'absent' ? 'absent' : status.status),
  ],
  ['', (status) => (status.kind === 'unreadable' ? status.what : undefined)],
  ['account, region', (status) => (status.kind === 'unreadable' ? undefined : `${status.account} ${status.region}`)],
  ['updated', (status) => ('updated' in status ? status.updated?.replace('T', ' ').slice(0, 19) : undefined)],
  ['model', (status) => ('modelVersion' in status ? status.modelVersion : undefined)],
  [
    'function',
    (status) =>
      'alias' in status && status.functionVersion
        ? `version ${status.functionVersion} as ${status.alias ?? ''}`
        : undefined,
  ],
  ['API', (status) => ('apiUrl' in status ? status.apiUrl : undefined)],
  ['auth', (status) => ('auth' in status ? status.auth : undefined)],
];

/** Rows of the table: a line without anything to say in any stage is left out. */
export const statusRows = (columns: readonly StageStatus[]): string[][] =>
  LINES.map(([title, cell]) => [title, ...columns.map((status) => cell(status) ?? '')]).filter((row) =>
    row.slice(1).some(Boolean),
  );
