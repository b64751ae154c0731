import type { Type } from 'io-ts';
import { BudgetCodec } from './domain/budget';
import { ConfigError } from './config/config-error';
import { explain } from './domain/explain';
import { listed } from './domain/listed';
import { Count } from './domain/numbers';
import { optionsObject } from './domain/options-object';
import type { Output } from './domain/output';
import { Timeouts } from './domain/request-codec';
import type { FanOutSettings } from './fan-out-options';
import { fanOutSettings } from './fan-out-settings';
import type { RouterRunOptions } from './parallel-router';
import { isPriced, type DeploymentState } from './plan/deployment';
import type { RouterState } from './router-state';

/** Checks the options of a router's run and fills in the defaults. Throws a `TypeError` that names the option and what would be right. */
export function routerSettings(
  options: RouterRunOptions,
  { context: { now }, deployments }: Pick<RouterState, 'context' | 'deployments'>,
): FanOutSettings {
  const { timeouts, maxRetries, budget, output, ...rest } = optionsObject('options', options);
  check('timeouts', timeouts, Timeouts);
  check('maxRetries', maxRetries, Count);
  check('budget', budget, BudgetCodec);
  checkOutput(output);
  if (budget?.usd !== undefined) checkPrices(deployments());
  return fanOutSettings({ ...rest, now: rest.now ?? now }, ['timeouts', 'maxRetries', 'budget', 'output']);
}

/** What has no price would not count, and the budget bound nothing. */
function checkPrices(deployments: readonly DeploymentState[]): void {
  const unpriced = deployments.filter((one) => !isPriced(one)).map(({ id }) => id);
  if (unpriced.length === 0) return;
  throw new ConfigError([`budget.usd: the price of ${listed(unpriced)} is not known: give it as price, or in prices`]);
}

/** A codec alone does not say how often to ask again. */
function checkOutput(output: Output | undefined): void {
  const { read, again }: Partial<Output> = { ...output };
  if (output === undefined || (typeof read === 'function' && typeof again === 'function')) return;
  throw new TypeError(
    `output must be withOutput(codec), not ${typeof output === 'object' ? 'an object' : typeof output}`,
  );
}

function check<A>(name: string, value: unknown, codec: Type<A>): void {
  if (value === undefined) return;
  const decoded = codec.decode(value);
  if (decoded._tag === 'Left')
    throw new TypeError(
      explain(decoded.left)
        .map((said) => place(name, said))
        .join('; '),
    );
}

function place(name: string, said: string): string {
  return said.includes(': ') ? `${name}.${said}` : `${name}: ${said}`;
}
