import type { RouterContext } from './attempt/journey';
import type { RouterConfig } from './config/router-config';
import type { Group } from './plan/group';
import { spending, type Spending } from './plan/limits/spending';
import { routerFallbacks } from './router-fallbacks';
import { routerNames } from './router-names';

/** What of a context is a matter of configuration alone. */
export type RouterRules = Pick<
  RouterContext,
  | 'whenExhausted'
  | 'exposeBodies'
  | 'dropUnsupported'
  | 'onStreamBreak'
  | 'patience'
  | 'spending'
  | 'timeouts'
  | 'resolve'
  | 'defaultModel'
  | 'fallbacks'
  | 'hedge'
  | 'countTokens'
>;

/** @param budget what a running router has spent so far */
export function routerRules(
  config: RouterConfig,
  groups: ReadonlyMap<string, Group>,
  budget: Spending | undefined,
): RouterRules {
  const names = routerNames(groups, config);
  return {
    whenExhausted: config.health?.whenExhausted ?? 'wait',
    exposeBodies: config.exposeBodies ?? false,
    dropUnsupported: config.dropUnsupported ?? false,
    onStreamBreak: config.onStreamBreak ?? 'fail',
    patience: {
      maxRetries: config.maxRetries ?? 2,
      retryPolicy: config.retryPolicy ?? {},
      maxThrottles: config.maxThrottles ?? 10,
      throttleMs: config.throttleMs ?? 120_000,
    },
    spending: spendingOf(config, budget),
    countTokens: config.countTokens,
    timeouts: config.timeouts,
    ...names,
    fallbacks: routerFallbacks(config, names.resolve),
    hedge: config.hedge && { afterMs: config.hedge.afterMs, maxExtra: config.hedge.maxExtra ?? 0.05 },
  };
}

/** What is spent stays spent under another budget. */
function spendingOf({ budget }: RouterConfig, known: Spending | undefined): Spending | undefined {
  if (budget === undefined) return undefined;
  if (known === undefined) return spending(budget, 'router');
  known.budget = budget;
  return known;
}
