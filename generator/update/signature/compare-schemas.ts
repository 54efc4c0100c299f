import { isDeepStrictEqual } from 'node:util';
import type { JsonSchema, ObjectSchema } from '../../../swagger/schemas.ts';
import { breaking, compatible, type Change, type Side } from './change.ts';
import { covers, restCovers, restOf } from './covers.ts';

/** What changed between two schemas of a body, by the path of the field. */
export function compareSchemas(old: JsonSchema, now: JsonSchema, side: Side, at: string): readonly Change[] {
  if (old.type === 'object' && now.type === 'object') return compareObjects(old, now, side, at);
  if (old.type === 'array' && now.type === 'array')
    return [
      ...compareSchemas(old.items, now.items, side, `${at}[]`),
      // Answers are bounded only because every list has to be.
      ...(side === 'request' && now.maxItems < old.maxItems
        ? [breaking(at, `at most ${old.maxItems} → ${now.maxItems} items`, 'longer lists are refused')]
        : []),
      ...(side === 'request' && (now.minItems ?? 0) > (old.minItems ?? 0)
        ? [breaking(at, `at least ${old.minItems ?? 0} → ${now.minItems} items`, 'shorter lists are refused')]
        : []),
    ];
  if (isDeepStrictEqual(bare(old), bare(now))) return [];
  const what = `${brief(old)} → ${brief(now)}`;
  if (side === 'request')
    return covers(now, old)
      ? [compatible(at, what, 'all that was taken is taken still')]
      : [breaking(at, what, 'some of what was taken is refused')];
  return covers(old, now)
    ? [compatible(at, what, 'nothing comes that did not come before')]
    : [breaking(at, what, 'values come that did not come before')];
}

function compareObjects(old: ObjectSchema, now: ObjectSchema, side: Side, at: string): readonly Change[] {
  const names = [...new Set([...Object.keys(old.properties), ...Object.keys(now.properties)])];
  return [
    ...compareRest(old, now, side, at),
    ...names.flatMap((name): readonly Change[] => {
      const field = `${at}.${name}`;
      const [before, after] = [own(old, name), own(now, name)];
      const [was, is] = [old.required?.includes(name) === true, now.required?.includes(name) === true];
      if (before && after)
        return [...compareSchemas(before, after, side, field), ...(was === is ? [] : [required(is, side, field)])];
      if (after) return [added(after, restOf(old), is, side, field)];
      if (side === 'answer') return [breaking(field, 'removed', 'clients that read it find nothing')];
      return [
        before && restCovers(now.additionalProperties, before)
          ? compatible(field, 'removed', 'it is taken still')
          : breaking(field, 'removed', 'requests that have it are refused'),
      ];
    }),
  ];
}

/** Keys that nobody names. */
function compareRest(old: ObjectSchema, now: ObjectSchema, side: Side, at: string): readonly Change[] {
  const [was, is] = [restOf(old), restOf(now)];
  if (was && is) return compareSchemas(was, is, side, `${at}.*`);
  if (!was && !is) return [];
  if (side === 'answer')
    return was ? [breaking(`${at}.*`, 'removed', 'clients that read other keys find nothing')] : [];
  return [
    was
      ? breaking(`${at}.*`, 'removed', 'other keys are refused')
      : compatible(`${at}.*`, 'added', 'other keys are taken too'),
  ];
}

const own = ({ properties }: ObjectSchema, name: string): JsonSchema | undefined =>
  Object.hasOwn(properties, name) ? properties[name] : undefined;

/** @param before what could be sent under this name without anybody naming it */
function added(now: JsonSchema, before: JsonSchema | undefined, isRequired: boolean, side: Side, at: string): Change {
  if (side === 'answer') return compatible(at, 'added', 'clients pass over what they do not know');
  if (isRequired) return breaking(at, 'added, required', 'requests without it are refused');
  return before && !covers(now, before)
    ? breaking(at, 'added, optional', 'it could be sent before, and some of that is refused')
    : compatible(at, 'added, optional', 'requests without it are taken');
}

function required(is: boolean, side: Side, at: string): Change {
  const what = is ? 'optional → required' : 'required → optional';
  if (side === 'request')
    return is
      ? breaking(at, what, 'requests without it are refused')
      : compatible(at, what, 'requests with it are taken still');
  return is ? compatible(at, what, 'it always comes') : breaking(at, what, 'clients that count on it may find nothing');
}

/** Words do not matter to a client. */
function bare(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(bare);
  if (typeof schema !== 'object' || schema === null) return schema;
  const kept = Object.entries(schema).filter(([key, value]) => !(isWord(key) && typeof value === 'string'));
  return Object.fromEntries(kept.map(([key, value]) => [key, bare(value)]));
}

const isWord = (key: string): boolean => key === 'title' || key === 'description';

function brief(schema: JsonSchema): string {
  const text = schema.title ?? JSON.stringify(bare(schema)).replaceAll('"', '');
  return text.length > 80 ? `${text.slice(0, 80)}…` : text;
}
