import type { Type } from 'io-ts';
import { explain } from './domain/explain';
import { Count } from './domain/numbers';
import { Timeouts } from './domain/request-codec';
import type { FanOutSettings } from './fan-out-options';
import { fanOutSettings } from './fan-out-settings';
import type { RouterRunOptions } from './parallel-router';

/** Checks the options of a router's run and fills in the defaults. Throws a `TypeError` that names the option and what would be right. */
export function routerSettings(options: RouterRunOptions, now: () => number): FanOutSettings {
  const { timeouts, maxRetries, ...rest } = options;
  check('timeouts', timeouts, Timeouts);
  check('maxRetries', maxRetries, Count);
  return fanOutSettings({ ...rest, now: rest.now ?? now }, ['timeouts', 'maxRetries']);
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
