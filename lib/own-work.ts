import { left } from 'fp-ts/Either';
import type { FanoutResult } from './domain/result';
import type { FanOutWork } from './fan-out-work';
import type { Run } from './parallel-options';

/** Work of the caller's own. Its rows are written down as JSON: what comes back of an answer is what JSON makes of it. */
export function ownWork<Req, Res>(run: Run<Req, Res>): FanOutWork<Req, Res, FanoutResult<Req, Res>> {
  return {
    run,
    toRow: (request, index, outcome, timing) => ({ index, request, outcome, timing }),
    memory: {
      body: (request) => request,
      alike: () => null,
      record: ({ outcome, timing }) => ({
        outcome: outcome._tag === 'Left' ? left(described(outcome.left)) : outcome,
        timing,
      }),
      restore: (request, index, recorded) =>
        ({ index, request, ...recorded, restored: true }) as FanoutResult<Req, Res>, // what was written was one
      shared: (row) => ({ ...row, shared: true }),
    },
  };
}

/** An `Error` is nothing in JSON. */
function described(reason: unknown): unknown {
  return reason instanceof Error
    ? { ...Object.fromEntries(Object.entries(reason)), name: reason.name, message: reason.message }
    : reason;
}
