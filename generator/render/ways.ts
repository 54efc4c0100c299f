import type { Blueprint } from '../blueprint.ts';
import { outputTable } from '../outputs/table.ts';
import { STAGES } from '../stages.ts';
import { speaksHttp, triggerTable } from '../triggers/table.ts';

const AUTH = {
  iam: 'requests signed by your AWS account (Signature Version 4)',
  'api-key': 'a key in the header `x-api-key`',
  none: 'anybody on the internet',
} as const;

/** README: who may call which stage; nothing where nobody calls over HTTP. */
export function whoMayCall({ triggers, stages }: Blueprint): string {
  if (!speaksHttp({ triggers })) return '';
  const rows = STAGES.map((stage) => `| ${stage} | ${AUTH[stages[stage].auth]} |`);
  const keys = STAGES.some((stage) => stages[stage].auth === 'api-key') && triggers.some(({ kind }) => hasNoKeys(kind));
  const words = keys ? ['', 'Only the REST API has keys: beside it, requests are signed in such a stage.'] : [];
  return ['', '| stage | who may call |', '|---|---|', ...rows, ...words, ''].join('\n');
}

const hasNoKeys = (kind: string): boolean => kind === 'http-api' || kind === 'function-url';

/** README: what each trigger and each output has to say for itself. */
export function ways(blueprint: Blueprint): string {
  const paragraphs = [
    ...blueprint.triggers.map((one) => triggerTable.of(one).readme(one, blueprint)),
    ...blueprint.outputs.map((one) => outputTable.of(one).readme(one, blueprint)),
  ].filter(Boolean);
  return paragraphs.length === 0 ? '' : `## Ways in and out\n\n${paragraphs.join('\n\n')}\n\n`;
}
