import { left, right } from 'fp-ts/Either';
import type { Entry } from '../../lib/bulk/journal';

/** An entry of a request by its name; `!` before it: of one that failed. */
export function entryOf(name: string, occurrence = 0): Entry {
  const outcome = name.startsWith('!') ? left({ _tag: 'ServerError', message: 'no' }) : right(`${name} ü 日本`);
  return {
    key: name.replace('!', ''),
    occurrence,
    index: 0,
    request: `the prompt of ${name}`,
    result: { outcome, timing: { queuedMs: 0, elapsedMs: 5 } },
  };
}
