import { inspect } from 'node:util';

/** Every way of printing a value that somebody might use in a log. */
export function printed(value: unknown): string {
  const shown = [inspect(value, { depth: 12, showHidden: true, getters: true }), jsonOf(value), String(value)];
  if (typeof value !== 'object' || value === null) return shown.join('\n');
  const { message, stack, cause } = value as {
    readonly message?: unknown;
    readonly stack?: unknown;
    readonly cause?: unknown;
  };
  return [...shown, message, stack, inspect(cause)].join('\n');
}

/** A router with a reader has circles, as every Observable has. */
function jsonOf(value: unknown): string {
  try {
    return JSON.stringify(value);
  } catch {
    return '';
  }
}
