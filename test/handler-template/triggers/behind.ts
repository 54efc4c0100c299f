import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { model } from '../../../handler-template/src/model.ts';
import type { Blueprint } from '../../../generator/blueprint.ts';
import type { Sample } from '../../../generator/render/fixtures.ts';
import { partLists } from '../../../generator/render/part-lists.ts';
import { triggerTable } from '../../../generator/triggers/table.ts';
import { behind } from '../../generator/template/blueprints.ts';
import { DIGITS, picture, Service, type Sources } from '../service.ts';

/** The digits service as it is built behind some triggers, its answers going to S3 where nothing else is said. @param more files of src/ that are others */
export async function digitsBehind(
  triggers: Blueprint['triggers'],
  outputs: Blueprint['outputs'] = [{ kind: 's3', prefix: 'answers/' }],
  more: Sources = {},
): Promise<Service> {
  const sources = sourcesOf({ ...behind(...triggers), outputs });
  const service = await Service.of(join(DIGITS, 'digits.onnx'), model, { ...sources, ...more });
  cpSync(join(DIGITS, 'labels.txt'), join(service.folder.path, 'labels.txt'));
  return service;
}

/** What is generated in src/ for a project's ways in and out. */
export function sourcesOf(blueprint: Blueprint): Sources {
  const lists = Object.entries(partLists(blueprint));
  return Object.fromEntries(
    lists.map(([path, entry]) => [path.replace('src/', ''), entry.kind === 'text' ? entry.text : '']),
  );
}

export const SEVEN = picture('seven.png');

/** A request for a picture, as JSON. */
export const request = (bytes = SEVEN): object => ({ image: bytes.toString('base64'), top: 1 });

/** The picture as the sample that events are made of. */
export const sample: Sample = {
  file: 'seven.png',
  path: '/predict',
  contentType: 'image/png',
  body: SEVEN,
  event: request(),
};

/** The one event of a kind of trigger as a project has it in events/. */
export function eventOf<Event>(trigger: Blueprint['triggers'][number]): Event {
  const [event] = Object.values(triggerTable.of(trigger).events(trigger, sample, behind(trigger)));
  return structuredClone(event) as Event;
}
