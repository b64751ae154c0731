import type { ServerResponse } from 'node:http';
import { concat, concatMap, defer, EMPTY, from, ignoreElements, NEVER, of, tap, timer, type Observable } from 'rxjs';
import type { Decision } from './decide';
import type { Settle } from './ledger';
import type { HttpReply } from './wire-format';

const pieces = 20;
const pieceMs = 100;

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
        const { status, body } = decision.reply;
        settle(status);
        writeHead(response, decision.reply);
        response.end(body);
      });
    case 'slow-reply':
      return concat(
        wait(decision.afterMs, () => {
          writeHead(response, decision.reply);
        }),
        dribble(decision.reply, response, settle),
      );
  }
}

/** Runs `action` once, after so many ms; at once when there is nothing to wait for. */
function wait(afterMs: number, action: () => void): Observable<never> {
  return (afterMs > 0 ? timer(afterMs) : of(0)).pipe(tap(action), ignoreElements());
}

function dribble({ status, body }: HttpReply, response: ServerResponse, settle: Settle): Observable<never> {
  const bytes = Buffer.from(body);
  const size = Math.ceil(bytes.length / pieces);
  const starts = Array.from({ length: Math.ceil(bytes.length / size) }, (_, piece) => piece * size);
  return concat(
    from(starts).pipe(concatMap((start) => wait(pieceMs, () => response.write(bytes.subarray(start, start + size))))),
    defer(() => {
      settle(status);
      response.end();
      return EMPTY;
    }),
  );
}

function writeHead(response: ServerResponse, { status, headers, body }: HttpReply): void {
  response.writeHead(status, {
    'content-type': 'application/json',
    'content-length': Buffer.byteLength(body),
    ...headers,
  });
}
