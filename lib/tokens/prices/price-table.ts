import type { PriceEntry, PriceTable } from '../../domain/price';

/**
 * The models of one provider as a part of the table. An entry is shared by all names of its model, and frozen.
 *
 * @param otherNames dated and moving names (`-2025-08-07`, `-latest`), each with the model that answers to it
 */
export function priceTable<Model extends string>(
  provider: string,
  models: Readonly<Record<Model, PriceEntry>>,
  otherNames: Readonly<Record<string, NoInfer<Model>>> = {},
): PriceTable {
  const entries: Record<string, PriceEntry> = {};
  for (const model in models) entries[`${provider}/${model}`] = Object.freeze(models[model]);
  for (const [name, model] of Object.entries(otherNames)) entries[`${provider}/${name}`] = models[model];
  return entries;
}
