import { left, right, type Either } from 'fp-ts/Either';
import * as t from 'io-ts';
import type { Deployment } from '../config/router-config';
import type { Entry } from './entry';
import type { Fields } from './fields';
import { Name } from './name';
import { providerOf } from './provider-of';
import type { Reading } from './reading';
import { vendorOf } from './vendor-of';

/** Why a model cannot be served, and which field says so. */
export interface LeftOut {
  readonly by: Fields;
  readonly key: string;
  readonly reason: string;
}

/** Who serves a model, under which name. `undefined`: something about it is wrong, which is noted. */
export function servedBy(
  { whole, params, info }: Entry,
  reading: Reading,
): Either<LeftOut, Pick<Deployment, 'group' | 'provider'> | undefined> {
  const group = whole.required('model_name', Name);
  const model = params.required('model', Name);
  if (group === undefined || model === undefined) return right(undefined);
  const out = (by: Fields, key: string, reason: string) => left({ by, key, reason: `left out: ${reason}` });

  if ((info.value('mode', t.string) ?? 'chat') !== 'chat') return out(info, 'mode', 'only chat completions are served');
  if (group.split('*').length > 2) return out(whole, 'model_name', 'a name may have one star');
  const named = vendorOf(model, params.value('custom_llm_provider', Name));
  if (named._tag === 'Left') return out(params, 'model', named.left);
  if (model.split('*').length > 2) return out(params, 'model', 'a name may have one star');
  if (model.includes('*') && !group.includes('*')) {
    return out(params, 'model', 'nothing says what the star stands for: model_name has none');
  }
  const provider = providerOf(params, named.right, reading);
  if (provider._tag === 'Left') return out(params, 'model', provider.left);
  return right(provider.right === undefined ? undefined : { group, provider: provider.right });
}
