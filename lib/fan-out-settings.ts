import type { FanOutOptions, FanOutSettings } from './fan-out-options';

interface Rule {
  readonly holds: (value: unknown) => boolean;
  readonly must: string;
}

/**
 * Checks the options of a run and fills in the defaults. Throws a `TypeError` that names the option, its value and what
 * would be right; for an unknown name, the known ones.
 *
 * @param extra names that the caller knows besides, and checks itself
 */
export function fanOutSettings(options: FanOutOptions, extra: readonly string[] = []): FanOutSettings {
  const known = [...Object.keys(rules), ...extra];
  for (const [name, value] of Object.entries(options) as [string, unknown][]) {
    if (value === undefined) continue; // as if it were not given
    if (!known.includes(name)) throw new TypeError(`unknown option '${name}': known are ${known.join(', ')}`);
    const rule = rules[name as keyof FanOutOptions] as Rule | undefined;
    if (rule?.holds(value) === false) {
      throw new TypeError(`${name} must be ${rule.must}, not ${shown(value)}`);
    }
  }
  return {
    ...options,
    concurrency: options.concurrency ?? 8,
    failFast: options.failFast ?? false,
    order: options.order ?? 'completion',
    window: options.window ?? 1000,
    now: options.now ?? monotonicMs,
  };
}

const fromOne: Rule = {
  holds: (value) => value === Infinity || (Number.isInteger(value) && Number(value) >= 1),
  must: 'a whole number from 1, or Infinity',
};

const rules: Readonly<Record<keyof FanOutOptions, Rule>> = {
  concurrency: fromOne,
  failFast: { holds: (value) => typeof value === 'boolean', must: 'true or false' },
  order: { holds: (value) => value === 'completion' || value === 'input', must: "'completion' or 'input'" },
  window: fromOne,
  signal: {
    holds: (value) => isObject(value) && 'aborted' in value && 'addEventListener' in value,
    must: 'an AbortSignal',
  },
  stopTaking: { holds: isObject, must: 'an Observable, a promise or an iterable' },
  progress: {
    holds: (value) => typeof value === 'function' || (isObject(value) && 'next' in value),
    must: 'a function or an observer',
  },
  maxErrorRate: { holds: isErrorRate, must: '{ ratio: 0 to 1, minimum: a whole number from 1 }' },
  journal: { holds: isJournal, must: '{ key, load, append }, such as fileJournal(path) of rx-fanout/node' },
  dedupe: { holds: (value) => typeof value === 'boolean', must: 'true or false' },
  tag: { holds: (value) => typeof value === 'string' && value !== '', must: 'a name' },
  now: { holds: (value) => typeof value === 'function', must: 'a function giving ms' },
};

function isErrorRate(value: unknown): boolean {
  if (!isObject(value)) return false;
  const { ratio, minimum } = value as { readonly ratio?: unknown; readonly minimum?: unknown };
  return typeof ratio === 'number' && ratio >= 0 && ratio <= 1 && Number.isInteger(minimum) && Number(minimum) >= 1;
}

function isJournal(value: unknown): boolean {
  const { key, load, append } = isObject(value) ? (value as Readonly<Record<string, unknown>>) : {};
  return [key, load, append].every((part) => typeof part === 'function');
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}

function shown(value: unknown): string {
  if (typeof value === 'string') return `'${value}'`;
  if (typeof value === 'object') return JSON.stringify(value);
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : `a ${typeof value}`;
}

function monotonicMs(): number {
  return performance.now();
}
