import { concat, defer, EMPTY, ignoreElements, of, tap, throwError, timer } from 'rxjs';
import { canonicalJson } from '../../lib/bulk/canonical-json';
import type { Entry, Journal } from '../../lib/bulk/journal';

export interface FakeJournal extends Journal {
  /** Written so far, as what JSON makes of it. */
  readonly entries: Entry[];
  /** What was asked of it, in order. */
  readonly log: string[];
}

/** A journal in memory. */
export function fakeJournal({
  entries = [],
  loadMs = 0,
  writeMs = 0,
  failsAt = Infinity,
}: {
  readonly entries?: Entry[];
  readonly loadMs?: number;
  readonly writeMs?: number;
  /** The number of the entry that cannot be written, from 0. */
  readonly failsAt?: number;
} = {}): FakeJournal {
  const log: string[] = [];
  const after = (ms: number) => (ms === 0 ? EMPTY : timer(ms).pipe(ignoreElements()));
  return {
    entries,
    log,
    key: (request, tag) => canonicalJson({ request, tag }),
    load: () =>
      concat(
        after(loadMs),
        defer(() => {
          log.push('loaded');
          return entries.slice();
        }),
      ),
    append: (entry) =>
      concat(
        after(writeMs),
        defer(() => {
          if (entries.length >= failsAt) return throwError(() => new Error('no space'));
          entries.push(JSON.parse(JSON.stringify(entry)) as Entry);
          log.push('written');
          return of('written');
        }),
      ),
    close: () => of(0).pipe(tap(() => log.push('closed'))),
  };
}
