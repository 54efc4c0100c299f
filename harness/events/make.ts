import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { Blueprint, BLUEPRINT_FILE } from '../../generator/blueprint.ts';
import { ToolError } from '../../generator/errors.ts';
import type { Sample } from '../../generator/render/fixtures.ts';
import { TRIGGERS, triggerTable } from '../../generator/triggers/table.ts';
import { contentTypeOf, eventOf } from '../fixture-files.ts';
import { pathOf } from '../fixtures.ts';
import { readYaml } from '../template/read.ts';

/** Whether `--event` names a kind of trigger, and not a file. */
export const isKind = (text: string): boolean => Object.hasOwn(TRIGGERS, text);

/**
 * The event that a project's own trigger would send for a fixture: the same that its events/ has for the sample.
 *
 * @param kind of trigger
 * @param file the fixture
 * @throws ToolError EVENT_INVALID where the project has no such trigger
 */
export async function makeEvent(root: string, kind: string, file: string): Promise<object> {
  const blueprint = Blueprint.parse(await readYaml(root, BLUEPRINT_FILE));
  const trigger = blueprint.triggers.find((one) => one.kind === kind);
  if (!trigger)
    throw new ToolError('EVENT_INVALID', {
      what: `Nothing of kind ${kind} starts this project.`,
      where: BLUEPRINT_FILE,
      expected: `one of ${blueprint.triggers.map((one) => one.kind).join(', ')}`,
      next: `onnx-lambda update --trigger ${[...blueprint.triggers.map((one) => triggerTable.print(one)), kind].join(',')}`,
    });
  const [event] = Object.values(triggerTable.of(trigger).events(trigger, sampleOf(root, file), blueprint));
  if (!event) throw new ToolError('EVENT_INVALID', { what: `A trigger of kind ${kind} has no event for a fixture.` });
  return event;
}

const sampleOf = (root: string, file: string): Sample => ({
  file: basename(file),
  path: pathOf(root, basename(file)),
  contentType: contentTypeOf(file),
  body: readFileSync(file),
  event: JSON.parse(eventOf(file)) as object,
});
