import * as t from 'io-ts';
import type { Deployment } from '../config/router-config';
import { Count, CountFromOne, Finite, FromZero } from '../domain/numbers';
import { wholeWindow } from '../domain/whole-window';
import type { Entry } from './entry';
import type { Fields } from './fields';
import { given } from './given';
import { Name } from './name';
import { priceOf } from './price-of';
import type { Reading } from './reading';
import { reasons } from './reasons';
import { Seconds } from './seconds';
import { servedBy } from './served-by';

const Tags = t.readonlyArray(Name, 'a list of tags');

/** What holds for the models that do not say it themselves. */
export interface ModelDefaults {
  readonly maxParallel: number | undefined;
  /** No cooldowns, whatever the models say. */
  readonly disableCooldowns: boolean;
}

/** One entry of `model_list`. `undefined`: it cannot be served, or something is wrong with it; both are noted. */
export function deploymentOf(whole: Fields, defaults: ModelDefaults, reading: Reading): Deployment | undefined {
  const entry: Entry = { whole, params: whole.fields('litellm_params'), info: whole.fields('model_info') };
  const served = servedBy(entry, reading);
  if (served._tag === 'Left') {
    const { by, key, reason } = served.left;
    by.unsupported(key, reason);
    return undefined;
  }
  const { params, info } = entry;
  const fields = {
    id: info.value('id', Name),
    weight: params.number('weight', FromZero),
    order: first('order', Finite, params, info),
    rpm: first('rpm', CountFromOne, params, whole, info),
    tpm: first('tpm', CountFromOne, params, whole, info),
    maxParallel: params.number('max_parallel_requests', CountFromOne) ?? defaults.maxParallel,
    tags: params.value('tags', Tags),
    price: priceOf(params, info),
    contextWindow: wholeWindow(
      info.number('max_input_tokens', CountFromOne),
      info.number('max_output_tokens', CountFromOne),
    ),
    timeouts: timeoutsOf(params),
    cooldownMs: cooldownOf(entry, defaults),
    allowedFails: info.number('allowed_fails', Count),
  };
  if ((params.number('max_retries', Count) ?? 0) > 0) {
    params.unsupported('max_retries', 'calls are repeated by the router alone: num_retries');
  }
  params.leftOver(reasons.params);
  info.leftOver(reasons.info);
  whole.leftOver(reasons.entry);
  return served.right === undefined ? undefined : given({ ...served.right, ...fields });
}

/** The first that is given; all of them are read. */
function first(key: string, codec: t.Type<number>, ...places: readonly Fields[]): number | undefined {
  return places.map((fields) => fields.number(key, codec)).find((value) => value !== undefined);
}

function cooldownOf({ params, info }: Entry, { disableCooldowns }: ModelDefaults): number | undefined {
  const ms = [info, params].map((fields) => fields.ms('cooldown_time', FromZero));
  return disableCooldowns ? undefined : ms.find((value) => value !== undefined);
}

function timeoutsOf(params: Fields): Deployment['timeouts'] {
  const request = params.ms('request_timeout', Seconds);
  const attemptMs = params.ms('timeout', Seconds) ?? request;
  const firstChunkMs = params.ms('stream_timeout', Seconds);
  const isSilent = attemptMs === undefined && firstChunkMs === undefined;
  return isSilent ? undefined : given({ attemptMs, firstChunkMs });
}
