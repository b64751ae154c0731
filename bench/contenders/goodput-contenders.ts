import { allKnowing } from './all-knowing';
import { boundedOnly } from './bounded-only';
import { fanoutGoodput } from './fanout-goodput';
import type { GoodputContender } from './goodput-contender';
import { sdkRetries } from './sdk-retries';

export const goodputContenders = {
  'the best possible': allKnowing,
  'rx-fanout, told the limit': fanoutGoodput(1),
  'rx-fanout, told nothing': fanoutGoodput(),
  'rx-fanout, told 20 % too much': fanoutGoodput(1.2),
  'retries as in the SDKs': sdkRetries,
  'bounded concurrency alone': boundedOnly,
} satisfies Readonly<Record<string, GoodputContender>>;

export type GoodputContenderName = keyof typeof goodputContenders;
