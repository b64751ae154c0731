import { Subject, type Observable } from 'rxjs';
import type { Endpoint } from './attempt/call';
import type { RouterContext } from './attempt/journey';
import { clocksAndChance } from './config/clocks-and-chance';
import { deploymentIds } from './config/deployment-ids';
import { healthRules } from './config/health-rules';
import type { Deployment, QuotaConfig, RouterConfig } from './config/router-config';
import type { PriceEntry, PriceTable } from './domain/price';
import type { RouterEvent } from './domain/router-event';
import { group, pool, type Group } from './plan/group';
import { spending } from './plan/limits/spending';
import { deploymentState, type DeploymentState } from './plan/deployment';
import type { Quota } from './plan/limits/quota';
import { rate, type Rate } from './plan/limits/rate';
import { retryBudget } from './plan/retry-budget';
import { serve, wakeAt } from './plan/serve';
import type { Strategy } from './plan/strategies/strategy';
import { routerFallbacks } from './router-fallbacks';
import { routerNames } from './router-names';
import { axiosTransport } from './transport/axios';
import { isAxiosInstance } from './transport/axios-instance';
import type { Transport } from './transport/transport';

/** What all requests of a router share. */
export interface RouterState {
  readonly context: RouterContext;
  readonly groups: ReadonlyMap<string, Group>;
  readonly deployments: readonly DeploymentState[];
  readonly events$: Observable<RouterEvent>;
  readonly close: () => void;
}

/** Lays out a checked configuration as plain data. Opens nothing, starts no timer. */
export function routerState(config: RouterConfig): RouterState {
  const { now, wallNow, random } = { ...clocksAndChance, ...given(config) };
  const { open, close } = transports(config);
  const deployments = statesOf(config);
  const endpoints = new Map<DeploymentState, Endpoint>(
    config.deployments.flatMap((one, i) => {
      const state = deployments[i];
      return state === undefined ? [] : [[state, { provider: one.provider, transport: open(one) }]];
    }),
  );
  const itsPool = pool();
  const groups = new Map<string, Group>();
  for (const name of new Set(deployments.map((one) => one.group))) {
    groups.set(
      name,
      group(
        name,
        deployments.filter((one) => one.group === name),
        strategyOf(config, name),
        itsPool,
      ),
    );
  }
  const resolve = routerNames(groups, config);
  const events = new Subject<RouterEvent>();
  const rules = { now, random, whenExhausted: config.health?.whenExhausted ?? 'wait' } as const;
  let arrivals = 0;

  return {
    groups,
    deployments,
    events$: events.asObservable(),
    close,
    context: {
      ...rules,
      wallNow,
      exposeBodies: config.exposeBodies ?? false,
      dropUnsupported: config.dropUnsupported ?? false,
      onStreamBreak: config.onStreamBreak === 'restart' ? 'restart' : 'fail',
      retryBudget: retryBudget(),
      patience: {
        maxRetries: config.maxRetries ?? 2,
        retryPolicy: config.retryPolicy ?? {},
        maxThrottles: config.maxThrottles ?? 10,
        throttleMs: config.throttleMs ?? 120_000,
      },
      spending: config.budget === undefined ? undefined : spending(config.budget, 'router'),
      timeouts: config.timeouts,
      resolve,
      fallbacks: routerFallbacks(config, resolve),
      nextArrival: () => arrivals++,
      endpoint: (deployment) => {
        const endpoint = endpoints.get(deployment);
        if (endpoint === undefined) throw new Error(`${deployment.id} is no deployment of this router`);
        return endpoint;
      },
      emit: (event) => {
        if (events.observed) events.next(event());
      },
      freed: (_, soon) => {
        if (itsPool.waiting.size === 0) return;
        if (soon === undefined) serve(itsPool, rules);
        else wakeAt(now(), itsPool, rules);
      },
    },
  };
}

function given({ now, wallNow, random }: RouterConfig): Partial<typeof clocksAndChance> {
  return {
    ...(now === undefined ? {} : { now }),
    ...(wallNow === undefined ? {} : { wallNow }),
    ...(random === undefined ? {} : { random }),
  };
}

function ratesOf({ rpm, tpm }: QuotaConfig): readonly Rate[] {
  return [...(rpm === undefined ? [] : [rate('requests', rpm)]), ...(tpm === undefined ? [] : [rate('tokens', tpm)])];
}

function quotasOf({ quotas = {} }: RouterConfig): ReadonlyMap<string, Quota> {
  return new Map(
    Object.entries(quotas).map(([name, given]) => [
      name,
      { name, maxParallel: given.maxParallel ?? Infinity, rates: ratesOf(given), inFlight: 0 },
    ]),
  );
}

/** By what it is allowed, where that is said of the whole group. */
function weightOf({ group, rpm, tpm }: Deployment, deployments: readonly Deployment[]): number {
  const its = deployments.filter((one) => one.group === group);
  if (rpm !== undefined && its.every((one) => one.rpm !== undefined)) return rpm;
  return tpm !== undefined && its.every((one) => one.tpm !== undefined) ? tpm : 1;
}

function listed({ provider }: Deployment, prices: PriceTable = {}): PriceEntry | undefined {
  const name = `${provider.name}/${provider.model}`;
  return Object.hasOwn(prices, name) ? prices[name] : undefined;
}

function statesOf(config: RouterConfig): readonly DeploymentState[] {
  const { deployments, health, prices } = config;
  const quotas = quotasOf(config);
  const ids = deploymentIds(deployments);
  const isAlone = (group: string): boolean => deployments.filter((one) => one.group === group).length === 1;
  return deployments.map((one, i) =>
    deploymentState(
      {
        id: ids[i] ?? one.group,
        group: one.group,
        vendor: one.provider.name,
        weight: one.weight ?? weightOf(one, deployments),
        order: one.order ?? 1,
        maxParallel: one.maxParallel ?? Infinity,
        rates: ratesOf(one),
        quota: one.quota === undefined ? undefined : quotas.get(one.quota),
        tags: one.tags,
        price: one.price ?? listed(one, prices),
        contextWindow: one.contextWindow ?? listed(one, prices)?.contextWindow ?? Infinity,
        reserveTokens: one.reserveTokens ?? 1000,
        timeouts: one.timeouts ?? {},
        ...healthRules(one, health),
      },
      isAlone(one.group),
    ),
  );
}

function strategyOf({ strategy }: RouterConfig, group: string): Strategy | undefined {
  if (typeof strategy !== 'object') return strategy;
  return Object.hasOwn(strategy, group) ? strategy[group] : undefined; // a group may be called `constructor`
}

/** One transport for all deployments that do not bring their own. */
function transports({ transport, caps }: RouterConfig): {
  readonly open: (deployment: Deployment) => Transport;
  readonly close: () => void;
} {
  const opened: (() => void)[] = [];
  const open = (given: Deployment['transport']): Transport => {
    if (given !== undefined && !isAxiosInstance(given)) return given;
    const axios = axiosTransport({ instance: given, caps });
    opened.push(axios.close);
    return axios.transport;
  };
  const shared = open(transport);
  return {
    open: (deployment) => (deployment.transport === undefined ? shared : open(deployment.transport)),
    close: () => {
      for (const close of opened) close();
    },
  };
}
