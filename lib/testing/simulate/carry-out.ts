import type { ServerResponse } from 'node:http';
import { concat, defer, EMPTY, ignoreElements, NEVER, of, tap, timer, type Observable } from 'rxjs';
import type { Decision } from './decide';
import type { Settle } from './ledger';
import { writeParts } from './write-parts';

/** Does to a response what was decided. It emits nothing; unsubscribing (the client has left) ends its timers. */
export function carryOut(decision: Decision, response: ServerResponse, settle: Settle): Observable<never> {
  switch (decision.kind) {
    case 'stall':
      return NEVER;
    case 'reset':
      return wait(decision.afterMs, () => {
        settle('reset');
        response.socket?.resetAndDestroy();
      });
    case 'reply':
      return wait(decision.afterMs, () => {
        const { status, headers, body } = decision.reply;
        settle(status);
        response.writeHead(status, {
          'content-type': 'application/json',
          'content-length': Buffer.byteLength(body),
          ...headers,
        });
        response.end(body);
      });
    case 'parts':
      return concat(
        wait(decision.afterMs, () => {
          response.writeHead(200, decision.headers);
        }),
        writeParts(decision.parts, response),
        defer(() => end(decision.ending, response, settle)),
      );
  }
}

/** Runs `action` once, after so many ms; at once when there is nothing to wait for. */
function wait(afterMs: number, action: () => void): Observable<never> {
  return (afterMs > 0 ? timer(afterMs) : of(0)).pipe(tap(action), ignoreElements());
}

function end(how: 'end' | 'cut' | 'stall', response: ServerResponse, settle: Settle): Observable<never> {
  if (how === 'stall') return NEVER;
  settle(how === 'end' ? 200 : 'reset');
  if (how === 'end') response.end();
  else response.socket?.destroySoon(); // what was written arrives; a reset could overtake it
  return EMPTY;
}
