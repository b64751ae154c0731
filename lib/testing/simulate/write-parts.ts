import type { ServerResponse } from 'node:http';
import { concatMap, defer, EMPTY, fromEvent, ignoreElements, of, repeat, take, timer, type Observable } from 'rxjs';

/** Bytes of a body, and when they are due (ms after the first ones could go). */
export interface TimedPart {
  readonly bytes: Buffer;
  readonly dueMs: number;
  /** A write of its own, a moment after the one before it: others would be joined to it on their way. */
  readonly alone?: boolean;
}

const mostBytes = 65_536;

/**
 * Writes parts to a response as they are due, those that are due together at once, and no faster than the client reads.
 * Completes when the last one is written.
 */
export function writeParts(parts: readonly TimedPart[], response: ServerResponse): Observable<never> {
  return defer(() => {
    const startedAt = performance.now();
    let next = 0;

    const takeBatch = (until: number): Buffer => {
      const batch: Buffer[] = [];
      let size = 0;
      for (let part = parts[next]; part !== undefined && part.dueMs <= until && size < mostBytes; part = parts[next]) {
        batch.push(part.bytes);
        size += part.bytes.length;
        next += 1;
        if (part.alone === true) break;
      }
      return Buffer.concat(batch);
    };
    /** Gives whether the client keeps up. */
    const writeDue = (): boolean => {
      const until = Math.max(performance.now() - startedAt, dueMs(parts[next])); // a timer may be a little early
      do {
        if (!response.write(takeBatch(until))) return false;
      } while (dueMs(parts[next]) <= until && parts[next]?.alone !== true);
      return true;
    };

    return defer(() => {
      const waitMs = dueMs(parts[next]) - (performance.now() - startedAt);
      return waitMs > 0 || parts[next]?.alone === true ? timer(waitMs) : of(0);
    }).pipe(
      concatMap(() => (writeDue() ? of(0) : fromEvent(response, 'drain').pipe(take(1)))),
      repeat({ delay: () => (next < parts.length ? of(0) : EMPTY) }),
      ignoreElements(),
    );
  });
}

function dueMs(part: TimedPart | undefined): number {
  return part?.dueMs ?? Infinity;
}
