import { left } from 'fp-ts/Either';
import {
  defer,
  EMPTY,
  filter,
  from,
  map,
  mergeMap,
  pipe,
  reduce,
  Subject,
  tap,
  type Observable,
  type ObservableInput,
  type OperatorFunction,
} from 'rxjs';
import { completionError, withDetails, type CompletionError } from '../domain/error';
import type { Attempt } from '../domain/result';
import { totalCost } from '../domain/total-cost';
import { addUsage, noUsage } from '../domain/usage';
import type { Answer } from './answer';

type GroupAnswer = Answer & { readonly group: string };

/** What became of a request at those groups that have ended so far. */
interface Standing {
  /** The first success, else the latest failure. */
  readonly told: GroupAnswer;
  /** Of each group its calls; in no order. */
  readonly calls: readonly { readonly place: number; readonly attempts: readonly Attempt[] }[];
}

/** Why the others end, at the two moments of it. */
interface Lost {
  /** First those that wait are to end: lest they are given the places of those that are aborted, for a call that nobody wants. */
  readonly won$: Observable<CompletionError>;
  /** Then the calls. */
  readonly over$: Observable<unknown>;
}

/**
 * Asks all groups at the same time. Emits one answer, and completes, when one has succeeded and the others have ended for it, or when all
 * have failed: that of the first success, else of the latest failure, with what all of them have spent. Those that come behind a success that
 * is there at once are not asked. Unsubscribing ends all. Never errors if `ask` does not.
 */
export function firstAnswer$(
  groups: readonly string[],
  ask: (group: string, lost: Lost) => ObservableInput<Answer>,
): Observable<GroupAnswer> {
  return defer(() => {
    const won$ = new Subject<string>();
    const over$ = new Subject<string>();
    let isWon = false;
    return from(groups).pipe(
      mergeMap((group, place) => {
        if (isWon) return EMPTY;
        const answer$ = from(ask(group, { won$: won$.pipe(lostBy(group)), over$: over$.pipe(lostBy(group)) }));
        return answer$.pipe(map((answer) => standing(answer, group, place)));
      }),
      tap(({ told: { outcome, group } }) => {
        if (outcome._tag === 'Left') return;
        isWon = true;
        won$.next(group);
        over$.next(group);
      }),
      reduce(together),
      map(accounted),
    );
  });
}

/** The winner's own waits may not have ended yet, when it answers in the instant in which it is served. */
function lostBy(group: string): OperatorFunction<string, CompletionError> {
  return pipe(
    filter((winner) => winner !== group),
    map(() => another),
  );
}

const another: CompletionError = completionError({ _tag: 'Cancelled', message: 'another group was first' });

function standing(answer: Answer, group: string, place: number): Standing {
  return { told: { ...answer, group }, calls: [{ place, attempts: answer.attempts }] };
}

function together(before: Standing, next: Standing): Standing {
  return {
    told: before.told.outcome._tag === 'Right' ? before.told : next.told,
    calls: [...before.calls, ...next.calls],
  };
}

/** With all calls, in the order in which they were made; a failure has them too. */
function accounted({ told: { cost: _own, ...told }, calls }: Standing): GroupAnswer {
  const inPlace = [...calls].sort((a, b) => a.place - b.place).flatMap(({ attempts }) => attempts);
  const attempts = inPlace.sort((a, b) => a.startedAt - b.startedAt);
  const cost = totalCost(attempts);
  return {
    ...told,
    outcome: told.outcome._tag === 'Right' ? told.outcome : left(withDetails(told.outcome.left, { attempts })),
    attempts,
    usage: attempts.reduce((sum, { usage }) => (usage === undefined ? sum : addUsage(sum, usage)), noUsage),
    ...(cost === undefined ? {} : { cost }),
  };
}
