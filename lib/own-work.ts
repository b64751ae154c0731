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

/** An `Error` is nothing in JSON. Of one without a `_tag`, which is not meant as data, only plain fields are kept: libraries put sockets and keys into theirs. */
function described(reason: unknown): unknown {
  if (!(reason instanceof Error)) return reason;
  const kept = Object.entries(reason).filter(([, value]) => '_tag' in reason || plain.includes(typeof value));
  return { ...Object.fromEntries(kept), name: reason.name, message: reason.message };
}

const plain: readonly string[] = ['string', 'number', 'boolean'];
