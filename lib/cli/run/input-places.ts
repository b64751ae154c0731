import { compactTable } from '../../bulk/compact-table';
import type { OutLine } from './out-line';
import { type KeyedRun, requestKeys } from './request-keys';

/**
 * Where in the input the request of a line of output is. A line of an earlier run has the place that it had then, and the input may have
 * been changed since. What is no longer there comes last. Holds 48 to 96 bytes a request.
 */
export async function inputPlaces(run: KeyedRun): Promise<(line: OutLine) => number> {
  const [seen, places] = [compactTable(), compactTable()];
  let index = 0;
  for await (const key of requestKeys(run)) {
    const occurrence = seen.get(key) ?? 0;
    seen.set(key, occurrence + 1);
    places.set(`${String(occurrence)} ${key}`, index++);
  }
  return ({ key, occurrence }) => places.get(`${String(occurrence)} ${key}`) ?? index;
}
