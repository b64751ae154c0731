import type { Completion } from '../../lib/domain/completion';

/** What two completions must have in common to say the same: white space in arguments, and `raw`, are the vendor's. */
export function meaningOf({ raw: _raw, ...completion }: Completion): unknown {
  return JSON.parse(JSON.stringify(completion), (key, value: unknown) =>
    key === 'arguments' ? (JSON.parse(String(value)) as unknown) : value,
  );
}
