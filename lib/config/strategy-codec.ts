import * as t from 'io-ts';
import type { Strategy } from '../plan/strategies/strategy';
import { known } from './known';
import type { RouterConfig } from './router-config';

const names: Readonly<Record<Extract<Strategy, string>, null>> = {
  'simple-shuffle': null,
  'least-busy': null,
  latency: null,
  usage: null,
  cost: null,
  'priority-order': null,
};
const list = Object.keys(names).map((name) => `'${name}'`);

const One = known<Strategy>(
  `a strategy (${list.join(', ')}, or a function of the candidates and the request)`,
  (value) => typeof value === 'function' || (typeof value === 'string' && Object.hasOwn(names, value)),
);
const ByGroup = t.record(t.string, One);

/** A strategy, or one for each group. No union: its errors would not say which of the groups is meant. */
export const StrategyCodec: t.Type<NonNullable<RouterConfig['strategy']>> = new t.Type(
  One.name,
  (value): value is NonNullable<RouterConfig['strategy']> => One.is(value) || ByGroup.is(value),
  (value, context) => (t.UnknownRecord.is(value) ? ByGroup : One).validate(value, context),
  t.identity,
);
