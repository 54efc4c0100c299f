import { readFileSync } from 'node:fs';
import type { Blueprint } from '../blueprint.ts';
import { broughtFor, outputsOf, partsRunning, triggersOf } from '../handler-parts.ts';
import { packageFile } from '../package-files.ts';
import type { HandlerPart } from '../part.ts';
import type { HandlerParts } from '../tasks/task.ts';
import { text, type FileMap } from '../write/file-map.ts';

/** src/triggers.ts and src/outputs.ts: the lists that the handler goes through. */
export function partLists(blueprint: Blueprint): FileMap {
  return {
    'src/triggers.ts': text(listOf('triggers', triggersOf(blueprint))),
    'src/outputs.ts': text(listOf('outputs', outputsOf(blueprint))),
  };
}

/** The sample's text with this project's parts in it. */
function listOf(list: 'triggers' | 'outputs', parts: readonly HandlerPart[]): string {
  const sample = readFileSync(packageFile(`handler-template/src/${list}.ts`), 'utf8');
  const [head = ''] = sample.split('\n', 1);
  const type = sample.split('\n').find((line) => line.startsWith('import type ')) ?? '';
  const declaration = /export const .* = /.exec(sample)?.[0] ?? '';
  const imports = parts.map(({ name, from }) => `import { ${name} } from './${from}';`);
  return `${[head, ...imports, type].join('\n')}\n\n${declaration}[${parts.map(({ name }) => name).join(', ')}];\n`;
}

/** What the handler needs for its task, with what it needs for the ways in and out. */
export function withParts(task: HandlerParts, blueprint: Blueprint): HandlerParts {
  const parts = partsRunning(blueprint);
  return {
    ...task,
    folders: [...task.folders, ...parts.flatMap(({ folders }) => folders)],
    function: [...(task.function ?? []), ...parts.flatMap(({ packages = [] }) => packages)],
    types: [...(task.types ?? []), ...broughtFor(blueprint)],
  };
}
