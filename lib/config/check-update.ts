import { ConfigError } from './config-error';
import type { RouterConfig } from './router-config';

const fixed = ['transport', 'caps', 'shared', 'now', 'wallNow', 'random'] as const;

/** Throws a `ConfigError` when an update would change what a running router must keep: how it sends, and its clocks and chance. */
export function checkUpdate(config: RouterConfig, running: RouterConfig): void {
  const changed = fixed.filter((name) => !isSame(config[name], running[name]));
  if (changed.length === 0) return;
  throw new ConfigError(
    changed.map((name) => `${name}: a running router keeps it: give the same one, or make another router`),
  );
}

/** `caps` are numbers, the others functions and objects, which are themselves. */
function isSame(a: unknown, b: unknown): boolean {
  return a === b || (isCaps(a) && isCaps(b) && JSON.stringify(a) === JSON.stringify(b));
}

function isCaps(value: unknown): boolean {
  return typeof value === 'object' && value !== null && Object.values(value).every((one) => typeof one === 'number');
}
