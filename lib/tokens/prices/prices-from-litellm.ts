import { isLeft, left, right, type Either } from 'fp-ts/Either';
import * as t from 'io-ts';
import { explain } from '../../domain/explain';
import { nullable } from '../../domain/optional';
import type { PriceEntry, PriceTable } from '../../domain/price';
import { liteLLMModel } from './litellm-model';
import { liteLLMPrice } from './litellm-price';

/** What became of LiteLLM's list of prices. */
export interface PricesFromLiteLLM {
  /** For the `prices` of `createRouter`. */
  readonly prices: PriceTable;
  /** Entries of providers that are here which could not be read, each with what is wrong with it. Worth reading once. */
  readonly skipped: readonly SkippedPrice[];
}

/** An entry of LiteLLM's list that is not among the prices. */
export interface SkippedPrice {
  readonly name: string;
  readonly reason: string;
}

/** Rules for models that are not listed. */
const noModel = 'fallback_generalizations';

/** The modes of models that chat. */
const modes = new Set(['chat', 'responses']);

const List = t.refinement(t.UnknownRecord, () => true, 'the object in model_prices_and_context_window.json');
const Entry = t.type({ litellm_provider: t.string, mode: nullable(t.string) }, 'an entry');
const AnAlias = t.type({ alias_of: t.string });

/**
 * Reads LiteLLM's list of prices, as parsed from its `model_prices_and_context_window.json`. One bad entry does not lose the others: it is
 * told in `skipped`. Entries of providers that are not here, and those that do not chat, are passed over. Throws a `TypeError` when it is
 * given no object.
 *
 * Prices for certain hours, and for writing to a cache, are not taken over.
 *
 * @example
 * const { prices: listed } = pricesFromLiteLLM(JSON.parse(readFileSync('model_prices_and_context_window.json', 'utf8')));
 * const router = createRouter({ deployments, prices: { ...prices, ...listed } });
 */
export function pricesFromLiteLLM(json: unknown): PricesFromLiteLLM {
  const list = List.decode(json);
  if (isLeft(list)) throw new TypeError(`pricesFromLiteLLM: ${explain(list.left).join('; ')}`);
  const prices = new Map<string, PriceEntry>();
  const skipped: SkippedPrice[] = [];
  for (const name of Object.keys(list.right)) {
    if (name === noModel) continue;
    const read = readEntry(list.right, name);
    if (isLeft(read)) skipped.push({ name, reason: read.left });
    else if (read.right !== undefined) {
      const { key, inFull, price } = read.right;
      if (inFull || !prices.has(key)) prices.set(key, price); // it is listed by more than one name; that in full is the one LiteLLM asks for
    }
  }
  return { prices: Object.fromEntries(prices), skipped };
}

interface Read {
  readonly key: string;
  /** Whether it is listed with its provider's name. */
  readonly inFull: boolean;
  readonly price: PriceEntry;
}

/** `undefined`: an entry that is not for here. `Left`: what is wrong with it. */
function readEntry(list: Readonly<Record<string, unknown>>, name: string): Either<string, Read | undefined> {
  const own = list[name];
  const entry = AnAlias.is(own) && Object.hasOwn(list, own.alias_of) ? list[own.alias_of] : own;
  if (AnAlias.is(entry)) return left('alias_of: there is no such entry, or it is an alias, too');
  const decoded = Entry.decode(entry);
  if (isLeft(decoded)) return left(explain(decoded.left).join('; '));
  const { litellm_provider: vendor, mode } = decoded.right;
  const key = modes.has(mode ?? 'chat') ? liteLLMModel(name, vendor) : undefined;
  if (key === undefined) return right(undefined);
  const price = liteLLMPrice(decoded.right);
  return isLeft(price) ? price : right({ key, inFull: name.startsWith(`${vendor}/`), price: price.right });
}
