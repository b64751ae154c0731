import type { Either } from 'fp-ts/Either';
import type { Observable } from 'rxjs';
import type { Accumulator } from '../domain/accumulator';
import type { CompletionError } from '../domain/error';
import type { PostedCall } from '../domain/ledger';
import type { Output } from '../domain/output';
import type { CompletionRequest, Timeouts } from '../domain/request';
import type { AdmissionRules, Permit } from '../plan/admission';
import type { HedgeBudget } from '../plan/hedge-budget';
import type { CountTokens } from '../plan/limits/count-tokens';
import { estimate } from '../plan/limits/estimate';
import type { Spending } from '../plan/limits/spending';
import type { Target } from '../plan/target';
import type { Place } from '../plan/waiting-line';
import type { AttemptContext } from './attempt';
import { clocks, type Clocks } from './clocks';
import type { Listener } from './listener';
import type { StepRules } from './next-step';
import { refusedBy } from './refused-by';
import type { Continuation } from './continuation';
import type { Course, FallbackRules } from './next-group';
import { share } from './share';
import { noTries, type Patience, type Tries } from './tries';

/** One request of a run. */
export interface Asked {
  readonly request: CompletionRequest;
  readonly target: Target;
  /** Its place in the run. */
  readonly index: number;
  /** How long it waited for a lane (ms). */
  readonly queuedMs: number;
  /** The run's own clocks and retries; the request's come before them. */
  readonly timeouts?: Timeouts | undefined;
  readonly maxRetries?: number | undefined;
  /** Speaks when the run sends nothing more: who waits ends with this failure. */
  readonly stopped$: Observable<CompletionError>;
  /** The run's own budget. */
  readonly spending?: Spending | undefined;
  /** Hears the chunks of the answer; absent: nobody does before it is whole. */
  readonly listener?: Listener | undefined;
  /** How the answer is read; absent: it is taken as it is. */
  readonly output?: Output | undefined;
  /** Where the run keeps what its calls took. */
  readonly post?: ((deployment: string, call: PostedCall) => void) | undefined;
  /** What the run shows of its requests while they are under way. */
  readonly tally: { waiting: number; retries: number };
}

/** What the whole router lends to each request. */
export interface RouterContext extends AttemptContext, AdmissionRules, StepRules {
  readonly patience: Patience;
  readonly timeouts?: Timeouts | undefined;
  readonly onStreamBreak: Listener['onBreak'];
  readonly fallbacks: FallbackRules;
  readonly hedgeBudget: HedgeBudget;
  /** The router's budget. */
  readonly spending?: Spending | undefined;
  /** Absent: tokens are a quarter of the characters. */
  readonly countTokens?: CountTokens | undefined;
  /** Whom requests ask that name nobody; absent: they have to. */
  readonly defaultModel: string | undefined;
  /** Whom a name asks, and of them only the deployment with this id, if any; or `BadRequest` with the names there are. */
  readonly resolve: (name: string | undefined, deployment?: string) => Either<CompletionError, Target>;
  /** Numbers the arrivals: who came first is served first. */
  readonly nextArrival: () => number;
  /** A call has ended, its place is free: serves those who wait, or (`soon`) does so when all that happens in this instant has happened. */
  readonly freed: (soon?: 'soon') => void;
}

/** One request on its road. Changed in place, by nobody but the stages it passes. */
export interface Journey {
  readonly asked: Asked;
  readonly clocks: Clocks;
  readonly patience: Patience;
  readonly place: Place;
  readonly takenAt: number;
  /** When it must have ended, on the clock of the router (ms); Infinity: never. */
  readonly deadline: number;
  course: Course;
  /** Whom it asks now: at first whom it was meant for. */
  target: Target;
  /** With whom it asks now. */
  tries: Tries;
  /** From its start to its first call (ms). */
  waitedMs: number | undefined;
  /** For the call under way. */
  permit: Permit | undefined;
  /** How long that call had to wait for its place (ms); 0: not at all. */
  heldUpMs: number;
  /** When the first content of any came, on the clock of the router (ms). */
  firstContentAt: number | undefined;
  /** The answer of the call whose content came last, as far as it has come. */
  said: Accumulator | undefined;
  /** What the next call goes on with, of an answer that broke off. */
  continuation: Continuation | undefined;
  /** There is an answer, and no call will follow. */
  isOver: boolean;
}

export function journey(asked: Asked, own: Course['own'], context: RouterContext): Journey {
  const { request, listener } = asked;
  const { routing } = request;
  const takenAt = context.now();
  const times = clocks(routing?.timeouts, asked.timeouts, context.timeouts);
  const deadline = takenAt + times.totalMs;
  const course: Course = { asked: [asked.target], own };
  const maxRetries = routing?.maxRetries ?? asked.maxRetries;
  return {
    asked,
    clocks: times,
    patience: maxRetries === undefined ? context.patience : { ...context.patience, maxRetries },
    place: { priority: routing?.priority ?? 5, arrival: context.nextArrival() },
    takenAt,
    deadline,
    course,
    target: asked.target,
    tries: noTries(
      {
        request,
        streamed: listener !== undefined || request.stream === true,
        ...share(course, { deadline, now: takenAt }, context.fallbacks),
        only: asked.target.only,
        star: asked.target.model,
        tags: routing?.tags,
        refusedBy: refusedBy(asked.target.group, request, (one) => context.endpoint(one).provider),
        estimate: estimate(request),
        spendings: spendingsOf(asked, context),
      },
      { attempts: [], throttledMs: 0 },
    ),
    waitedMs: undefined,
    permit: undefined,
    heldUpMs: 0,
    firstContentAt: undefined,
    said: undefined,
    continuation: undefined,
    isOver: false,
  };
}

const free: readonly Spending[] = [];

function spendingsOf({ spending: run }: Asked, { spending: router }: RouterContext): readonly Spending[] {
  if (run === undefined && router === undefined) return free;
  return [run, router].filter((one) => one !== undefined);
}
