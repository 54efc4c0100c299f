import { isFields, type Trigger } from '../triggers/trigger.ts';

/** An event with records: which source says it is from, in the field that the source has for it. */
export const hasRecordsOf =
  (source: string, field: 'eventSource' | 'EventSource' = 'eventSource'): Trigger['takes'] =>
  (event) => {
    const records: unknown = isFields(event) && event['Records'];
    const first: unknown = Array.isArray(records) && records[0];
    return isFields(first) && first[field] === source;
  };

/**
 * Works on each record of an event that its source delivers again as a whole: the others are done when one fails.
 *
 * @throws what the first that failed threw
 */
export async function each<Item>(records: readonly Item[], work: (record: Item) => Promise<unknown>): Promise<void> {
  const failures: unknown[] = [];
  // In turn, since pictures take memory.
  for (const record of records) await work(record).catch((error: unknown) => failures.push(error));
  if (failures.length > 0) throw failures[0];
}
