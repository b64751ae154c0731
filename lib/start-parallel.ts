import type { Observable } from 'rxjs';
import type { CompletionRequest } from './domain/request';
import type { FanoutResult } from './domain/result';
import { fanOut } from './fan-out';
import { fanOutSettings } from './fan-out-settings';
import { ownWork } from './own-work';
import type { ParallelOptions, ParallelRunOptions } from './parallel-options';
import { inputKind } from './rx/source/input-kind';
import type { Requests } from './rx/source/to-source';

/** Requests and options whose types have been seen to fit each other, by the overloads of whoever calls. */
export type AnyRequests = Requests<string | CompletionRequest>;
export type AnyOptions = ParallelOptions | ParallelRunOptions<string | CompletionRequest, unknown>;

const forCompletions = ['timeouts', 'maxRetries', 'budget', 'output'] as const;

/** What `parallel$`, `parallel` and `gather$` have in common: checks at the call what it is given, then hands it to a router or the engine. */
export function startParallel(requests: AnyRequests, options: AnyOptions): Observable<FanoutResult<unknown, unknown>> {
  inputKind(requests);
  const { router, run, ...rest } = oneOfTwo(options);
  if (router !== undefined) return router.parallel$(requests, rest);
  if (typeof run !== 'function') throw new TypeError(`run must be a function, not ${typeof run}`);
  for (const name of forCompletions) {
    if (name in rest && rest[name as keyof typeof rest] !== undefined) {
      throw new TypeError(`${name} only means something for completions: a run of your own sets its own`);
    }
  }
  return fanOut(requests, () => ownWork(run), fanOutSettings(rest));
}

function oneOfTwo(options: AnyOptions | undefined): AnyOptions {
  const { router, run } = options ?? {};
  if (options !== undefined && (router === undefined) !== (run === undefined)) return options;
  const got = run === undefined ? 'neither' : 'both';
  throw new TypeError(`give { router } for completions or { run } for work of your own; got ${got}`);
}
