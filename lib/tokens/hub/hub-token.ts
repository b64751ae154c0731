import { left, right, type Either } from 'fp-ts/Either';
import { catchError, defer, from, map, of, take, throwError, throwIfEmpty, timeout, type Observable } from 'rxjs';
import { longestTimerMs } from '../../rx/longest-timer';
import { unsendableHeader } from '../../transport/unsendable-header';
import type { CreateTokenizerSettings } from '../load/create-tokenizer-settings';
import { kindOf } from '../load/kind-of';
import { TokenizerProblem } from '../load/tokenizer-problem';

/** The token for the hub, `undefined` where none was given, or why there is none. Emits once and completes; never errors. */
export function hubToken$({
  token,
  timeoutMs,
}: Pick<CreateTokenizerSettings, 'token' | 'timeoutMs'>): Observable<Either<TokenizerProblem, string | undefined>> {
  if (typeof token !== 'function') return of(right(token));
  const failed = (problem: string) => new TokenizerProblem(problem, 'mend it, or pass the token itself');
  return defer(() => from(token())).pipe(
    take(1),
    throwIfEmpty(() => failed('token() gave nothing')),
    timeout({
      first: Math.min(timeoutMs, longestTimerMs),
      with: () => throwError(() => failed(`token() took longer than ${String(timeoutMs)} ms`)),
    }),
    map(checked),
    catchError((error: unknown) =>
      of(left(error instanceof TokenizerProblem ? error : failed(`token() failed with ${kindOf(error)}`))),
    ),
  );
}

function checked(token: unknown): Either<TokenizerProblem, string> {
  const isGood = typeof token === 'string' && token !== '' && unsendableHeader({ authorization: token }) === undefined;
  return isGood
    ? right(token)
    : left(new TokenizerProblem('token() gave what no header can carry', 'trim it, and check where it comes from'));
}
