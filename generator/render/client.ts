import { readFileSync } from 'node:fs';
import { CLIENT_PARTS, clientSource, type ClientPart } from '../../swagger/client/source.ts';
import type { Operation } from '../../swagger/operation.ts';
import type { Blueprint } from '../blueprint.ts';
import { packageFile } from '../package-files.ts';

const read = (part: ClientPart): string => readFileSync(packageFile(`handler-template/client/${part}.ts`), 'utf8');

/** The text of client.ts. @param predict POST /predict, where there is one */
export function client(blueprint: Blueprint, predict: Operation | undefined): string {
  const parts = Object.fromEntries(CLIENT_PARTS.map((part) => [part, read(part)]));
  return clientSource(blueprint, predict, parts as Record<ClientPart, string>);
}
