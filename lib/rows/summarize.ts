import { concat, defer, ignoreElements, of, type OperatorFunction, tap } from 'rxjs';
import { knownOptions } from '../domain/known-options';
import { emptyLedger, isRetry, posted, totalOf, type Ledger } from '../domain/ledger';
import type { Attempt, FanoutResult } from '../domain/result';
import { addUsage, noUsage, type Usage } from '../domain/usage';
import type { RunSummary } from './run-summary';

/** A row of either kind: those of a router have the optional fields. */
type Row = FanoutResult<unknown, unknown> & {
  readonly attempts?: readonly Attempt[];
  readonly usage?: Usage;
  readonly cost?: number;
};

/**
 * Counts a run. Emits one `RunSummary` when the source completes, and completes; errors when it does. Keeps one number a
 * row, for the percentiles. `now`: monotonic clock (ms).
 *
 * @example parallel$(prompts, { router }).pipe(summarize()).subscribe(({ failed, cost }) => console.log(failed, cost))
 */
export function summarize(
  options: { readonly now?: (() => number) | undefined } = {},
): OperatorFunction<Row, RunSummary> {
  knownOptions('summarize', options, ['now']);
  const { now = () => performance.now() } = options;
  return (rows$) =>
    defer(() => {
      const startedAt = now();
      const elapsed: number[] = [];
      const failures = new Map<string, number>();
      const ledgers = new Map<string, Ledger>();
      let [failed, restored, shared, cost, unpriced] = [0, 0, 0, 0, 0];
      let usage = noUsage;
      let ledger = emptyLedger;

      function count(row: Row): void {
        elapsed.push(row.timing.elapsedMs);
        if (row.outcome._tag === 'Left') {
          const kind = kindOf(row.outcome.left);
          failures.set(kind, (failures.get(kind) ?? 0) + 1);
          failed++;
        }
        if (row.restored === true) restored++;
        if (row.shared === true) shared++;
        const calls = row.attempts ?? [];
        for (const [i, call] of calls.entries()) {
          const entry = { ...call, isRetry: isRetry(call, calls.slice(0, i)) };
          ledger = posted(ledger, entry);
          ledgers.set(call.deployment, posted(ledgers.get(call.deployment) ?? emptyLedger, entry));
        }
        usage = row.usage === undefined ? usage : addUsage(usage, row.usage);
        if (row.cost === undefined && (calls.length > 0 || row.attempts === undefined)) unpriced++;
        else cost += row.cost ?? 0;
      }

      function summary(): RunSummary {
        elapsed.sort((a, b) => a - b);
        return {
          total: elapsed.length,
          succeeded: elapsed.length - failed,
          failed,
          restored,
          shared,
          byTag: Object.fromEntries(failures),
          elapsedP50Ms: quantile(elapsed, 0.5),
          elapsedP95Ms: quantile(elapsed, 0.95),
          usage,
          ...(unpriced > 0 ? {} : { cost }),
          attempts: totalOf(ledger).calls,
          retries: ledger.retried.calls,
          throttles: ledger.throttled.calls,
          ledger,
          deployments: Object.fromEntries(ledgers),
          makespanMs: now() - startedAt,
        };
      }

      return concat(
        rows$.pipe(tap(count), ignoreElements()),
        defer(() => of(summary())),
      );
    });
}

function kindOf(failure: unknown): string {
  if (typeof failure !== 'object' || failure === null) return typeof failure;
  const { _tag, name } = failure as { readonly _tag?: unknown; readonly name?: unknown };
  if (typeof _tag === 'string') return _tag;
  return typeof name === 'string' ? name : 'object';
}

/** The nearest rank: a value that did occur. */
function quantile(sorted: readonly number[], q: number): number {
  return sorted[Math.max(Math.ceil(sorted.length * q) - 1, 0)] ?? 0;
}
