import { left, right, type Either } from 'fp-ts/Either';
import * as t from 'io-ts';
import { CountFromOne } from '../domain/numbers';
import type { Provider } from '../provider/provider';
import { azureOf } from './azure-of';
import type { Fields } from './fields';
import { fieldOrVariable } from './field-or-variable';
import { given } from './given';
import { missing } from './missing';
import type { Reading } from './reading';
import type { Named } from './vendor-of';
import { vendors } from './vendors';

const Headers = t.record(t.string, t.string, 'headers by name');

/** `Left`: why there is no such provider here. `undefined`: something about it is wrong, which is noted. */
export type MadeProvider = Either<string, Provider | undefined>;

/** The provider that a model's `litellm_params` describe. */
export function providerOf(params: Fields, named: Named, reading: Reading): MadeProvider {
  try {
    const headers = headersOf(params, named.vendor);
    return named.vendor === 'azure'
      ? azureOf(params, { model: named.model, headers }, reading)
      : vendorsOwn(params, named, headers, reading);
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    reading.problems.push(`${params.at('model')}: ${error.message}`); // a provider's own words: they show no key and no address
    return right(undefined);
  }
}

function vendorsOwn(
  params: Fields,
  named: Named,
  headers: Readonly<Record<string, string>> | undefined,
  reading: Reading,
): MadeProvider {
  const vendor = vendors[named.vendor];
  if (vendor === undefined) return left(`there is no provider '${named.vendor}' here`);
  const apiBase = params.value('base_url', t.string) ?? fieldOrVariable(params, 'api_base', vendor.bases, reading);
  if (vendor.needsBase !== undefined && apiBase === undefined) return left(vendor.needsBase);
  const base = apiBase === undefined ? undefined : (vendor.base?.(apiBase) ?? right(apiBase));
  if (base?._tag === 'Left') return base;
  const apiKey = fieldOrVariable(params, 'api_key', vendor.keys, reading);
  const model = vendor.named?.(named.model) ?? named.model;
  const options = given({ model, baseURL: base?.right, headers });
  if (vendor.kind === 'local') return right(vendor.make(given({ ...options, apiKey })));
  if (apiKey === undefined) {
    missing(params, 'api_key', vendor.keys, reading);
    return right(undefined);
  }
  const maxTokens = named.vendor === 'anthropic' ? params.number('max_tokens', CountFromOne) : undefined;
  return right(vendor.make(given({ ...options, apiKey, maxTokens })));
}

function headersOf(params: Fields, vendor: string): Readonly<Record<string, string>> | undefined {
  const organization = vendor === 'openai' ? params.value('organization', t.string) : undefined;
  const own = params.value('headers', Headers);
  const extra = params.value('extra_headers', Headers);
  if (organization === undefined && own === undefined && extra === undefined) return undefined;
  return { ...(organization === undefined ? {} : { 'openai-organization': organization }), ...own, ...extra };
}
