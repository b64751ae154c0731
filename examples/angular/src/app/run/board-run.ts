import { inject, Injectable, signal } from '@angular/core';
import { takeUntilDestroyed } from '@angular/core/rxjs-interop';
import {
  bufferTime,
  catchError,
  defer,
  EMPTY,
  filter,
  finalize,
  map,
  type Observable,
  of,
  Subject,
  switchMap,
  takeUntil,
  tap,
} from 'rxjs';
import type { Deployment, Progress, StreamedEvent } from 'rx-fanout';
import { injectFanout } from 'rx-fanout/angular';
import { routerConfig } from '../router-config';
import { Simulation } from '../simulation/simulation';
import { Timeline } from '../timeline/timeline';
import type { Answer } from './answer';
import { answersAfter } from './answers-after';
import { realDeployment } from './real-deployment';
import type { RunSettings, Target } from './run-settings';

export type RunState = 'idle' | 'running' | 'finished' | 'cancelled' | 'failed';

/** The page is drawn this often (ms), however fast tokens come. */
const drawnEveryMs = 50;

/** The run that the board shows: started, replaced by the next one, or cancelled; what has become of it is in signals. */
@Injectable({ providedIn: 'root' })
export class BoardRun {
  private readonly fanout = injectFanout();
  private readonly simulation = inject(Simulation);
  private readonly started$ = new Subject<RunSettings>();
  private readonly cancelled$ = new Subject<void>();

  private readonly writable = {
    state: signal<RunState>('idle'),
    progress: signal<Progress | undefined>(undefined),
    answers: signal<readonly Answer[]>([]),
    deployments: signal(this.fanout.snapshot().deployments),
    timeline: signal(new Timeline(this.simulation.ids(), Date.now())),
    isSimulated: signal(true),
    problem: signal<string | undefined>(undefined),
  };

  readonly state = this.writable.state.asReadonly();
  readonly progress = this.writable.progress.asReadonly();
  readonly answers = this.writable.answers.asReadonly();
  readonly deployments = this.writable.deployments.asReadonly();
  readonly timeline = this.writable.timeline.asReadonly();
  /** Whether the latest run asked the simulated providers. */
  readonly isSimulated = this.writable.isSimulated.asReadonly();
  /** Why the run could not be made at all; failures of single requests are answers. */
  readonly problem = this.writable.problem.asReadonly();

  constructor() {
    this.fanout.events$.pipe(takeUntilDestroyed()).subscribe((event) => {
      this.timeline().note(event);
    });
    // switchMap unsubscribes from the run before: its sockets are closed before the next one sends anything.
    this.started$
      .pipe(
        switchMap((settings) => this.run$(settings)),
        takeUntilDestroyed(),
      )
      .subscribe();
  }

  /** Begins a run; one that is under way is cancelled. */
  start(settings: RunSettings): void {
    this.started$.next(settings);
  }

  /** Ends the run: what is in flight is aborted, nothing more is sent. What has come so far stays. */
  cancel(): void {
    this.writable.state.set('cancelled');
    this.cancelled$.next();
  }

  private run$(settings: RunSettings): Observable<unknown> {
    return defer(() => {
      this.begin(settings.target);
      return this.deploymentsOf(settings.target);
    }).pipe(
      tap((deployments) => {
        this.fanout.update(routerConfig(deployments));
        this.writable.timeline.set(
          new Timeline(
            deployments.flatMap(({ id }) => id ?? []),
            Date.now(),
          ),
        );
      }),
      switchMap(() => this.events$(settings)),
      takeUntil(this.cancelled$), // before bufferTime, so that what has come up to now is shown
      bufferTime(drawnEveryMs),
      filter((batch) => batch.length > 0),
      tap((batch) => {
        this.writable.answers.update((answers) => answersAfter(answers, batch));
      }),
      catchError((error: unknown) => {
        this.writable.problem.set(error instanceof Error ? error.message : String(error));
        this.writable.state.set('failed');
        return EMPTY;
      }),
      finalize(() => {
        this.end();
      }),
    );
  }

  private begin(target: Target): void {
    this.writable.isSimulated.set(target.kind === 'simulated');
    this.writable.state.set('running');
    this.writable.problem.set(undefined);
    this.writable.progress.set(undefined);
    this.writable.answers.set([]);
    this.writable.timeline.set(new Timeline([], Date.now()));
  }

  /** Whatever ended it: nothing is in flight any more, and what was still being written is not written any more. */
  private end(): void {
    this.writable.state.update((state) => (state === 'running' ? 'finished' : state));
    this.writable.deployments.set(this.fanout.snapshot().deployments);
    this.writable.progress.update((last) => last && { ...last, inFlight: 0, waiting: 0 });
    this.writable.answers.update((answers) =>
      answers.map((answer) => (answer.state === 'streaming' ? { ...answer, state: 'cancelled' } : answer)),
    );
  }

  private deploymentsOf(target: Target): Observable<readonly Deployment[]> {
    return target.kind === 'simulated' ? this.simulation.restart$(target.faults) : of([realDeployment(target)]);
  }

  private events$({ prompts, concurrency, order, isStreamed }: RunSettings): Observable<StreamedEvent<string>> {
    const progress = (now: Progress) => {
      this.writable.progress.set(now);
      this.writable.deployments.set(this.fanout.snapshot().deployments);
    };
    return isStreamed
      ? this.fanout.parallelStream$(prompts, { concurrency, progress })
      : this.fanout
          .parallel$(prompts, { concurrency, order, progress })
          .pipe(map((result) => ({ type: 'result', index: result.index, request: result.request, result })));
  }
}
