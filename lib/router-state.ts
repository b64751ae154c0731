import { identity, Subject, type Observable } from 'rxjs';
import type { Endpoint } from './attempt/call';
import type { RouterContext } from './attempt/journey';
import { clocksAndChance } from './config/clocks-and-chance';
import type { RouterConfig } from './config/router-config';
import type { RouterEvent } from './domain/router-event';
import { runLedgers, type RunLedgers } from './domain/run-ledger';
import type { DeploymentState } from './plan/deployment';
import { pool, type Group } from './plan/group';
import { well } from './plan/health';
import type { Quota } from './plan/limits/quota';
import type { Spending } from './plan/limits/spending';
import { hedgeBudget } from './plan/hedge-budget';
import { retryBudget } from './plan/retry-budget';
import { serve, wakeAt } from './plan/serve';
import { routerDeployments, type Laid } from './router-deployments';
import { routerLayGroups } from './router-lay-groups';
import { routerQuotas } from './router-quotas';
import { routerRules, type RouterRules } from './router-rules';
import { routerShared, type RouterShared } from './router-shared';
import { routerTransports } from './router-transports';

/** What all requests of a router share. */
export interface RouterState {
  readonly context: RouterContext;
  readonly groups: ReadonlyMap<string, Group>;
  readonly deployments: () => readonly DeploymentState[];
  readonly quotas: () => readonly Quota[];
  /** What the runs that have a tag have taken. */
  readonly runs: RunLedgers;
  readonly events$: Observable<RouterEvent>;
  /** Goes around each request. */
  readonly during: RouterShared['during'];
  /** Takes over another checked configuration: what is under way ends on what it has, who waits is served by what there is now. */
  readonly update: (config: RouterConfig) => void;
  readonly close: () => void;
}

/** Lays out a checked configuration as plain data. Opens nothing, starts no timer. */
export function routerState(config: RouterConfig): RouterState {
  const clocks = { ...clocksAndChance, ...given(config) };
  const { open, close } = routerTransports(config);
  const events = new Subject<RouterEvent>();
  const itsPool = pool(config.shared !== undefined);
  const groups = new Map<string, Group>();
  const endpoints = new WeakMap<DeploymentState, Endpoint>();
  let quotas: ReadonlyMap<string, Quota> = new Map();
  let laid: readonly Laid[] = [];
  let arrivals = 0;

  const deployments = (): readonly DeploymentState[] => laid.map(({ state }) => state);
  const shared =
    config.shared &&
    routerShared(config.shared, {
      ...clocks,
      deployments,
      events,
      serve: () => {
        serve(itsPool, context);
      },
    });

  const lay = (latest: RouterConfig, budget?: Spending): RouterRules => {
    quotas = routerQuotas(latest, quotas);
    const known = laid;
    laid = routerDeployments(latest, quotas, known);
    for (const { state, given: one } of laid) {
      const before = endpoints.get(state);
      if (before !== undefined && before.provider !== one.provider) state.health = well; // another key, another address
      endpoints.set(state, { provider: one.provider, transport: open(one) });
    }
    shared?.cover(deployments(), quotas.values());
    routerLayGroups(groups, laid, latest, itsPool);
    return routerRules(latest, groups, budget);
  };

  const context: RouterContext = {
    ...clocks,
    ...lay(config),
    retryBudget: retryBudget(),
    hedgeBudget: hedgeBudget(),
    nextArrival: () => arrivals++,
    endpoint: (deployment) => {
      const endpoint = endpoints.get(deployment);
      if (endpoint === undefined) throw new Error(`${deployment.id} is no deployment of this router`);
      return endpoint;
    },
    emit: (event) => {
      if (events.observed) events.next(event());
    },
    freed: (soon) => {
      if (itsPool.waiting.size === 0) return;
      if (soon === undefined) serve(itsPool, context);
      else wakeAt(context.now(), itsPool, context);
    },
  };

  return {
    groups,
    deployments,
    quotas: () => [...quotas.values()],
    runs: runLedgers(),
    events$: events.asObservable(),
    during: shared?.during ?? identity,
    context,
    update: (latest) => {
      Object.assign(context, lay(latest, context.spending));
      if (itsPool.waiting.size > 0) serve(itsPool, context);
    },
    close,
  };
}

function given({ now, wallNow, random }: RouterConfig): Partial<typeof clocksAndChance> {
  return {
    ...(now === undefined ? {} : { now }),
    ...(wallNow === undefined ? {} : { wallNow }),
    ...(random === undefined ? {} : { random }),
  };
}
