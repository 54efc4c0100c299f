/** What a record has under a name that may be any text: `constructor` and the like are not found on every object. */
export function own<Value>(record: Readonly<Record<string, Value>>, name: string): Value | undefined {
  return Object.hasOwn(record, name) ? record[name] : undefined;
}
