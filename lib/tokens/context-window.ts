import type { PriceTable } from '../domain/price';
import { prices } from './prices/prices';

/**
 * The longest conversation that a model takes, answer included (tokens); `undefined` when it is not known.
 *
 * @param model `provider/model`; or the vendor's name alone, for which the providers that have it must agree, or it is not known
 * @param table default: `prices`
 *
 * @example contextWindow('gpt-5-mini'); // 400000
 */
export function contextWindow(model: string, table: PriceTable = prices): number | undefined {
  if (Object.hasOwn(table, model)) return table[model]?.contextWindow;
  const windows = new Set<number>();
  for (const [key, { contextWindow: its }] of Object.entries(table)) {
    if (its !== undefined && key.slice(key.indexOf('/') + 1) === model) windows.add(its);
  }
  const [only] = windows;
  return windows.size === 1 ? only : undefined;
}
