import { DecimalPipe } from '@angular/common';
import { ChangeDetectionStrategy, Component, computed, inject } from '@angular/core';
import { toObservable, toSignal } from '@angular/core/rxjs-interop';
import { auditTime } from 'rxjs';
import { BoardRun, type RunState } from '../run/board-run';

const stateInWords: Readonly<Record<RunState, string>> = {
  idle: 'Not run yet',
  running: 'Running',
  finished: 'Finished',
  cancelled: 'Cancelled',
  failed: 'Not run',
};

/** A screen reader is told this often (ms): ten times a second would talk over everything else. */
const saidEveryMs = 2000;

/** How far the run is, what it has used, and how long it will take. */
@Component({
  selector: 'board-run-progress',
  imports: [DecimalPipe],
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    <h2>Progress</h2>
    @if (run.problem(); as problem) {
      <p class="problem" role="alert">{{ problem }}</p>
    }
    <progress
      [value]="run.progress()?.done ?? 0"
      [max]="run.progress()?.total ?? 1"
      aria-label="Requests done"
    ></progress>
    <dl>
      <div>
        <dt>State</dt>
        <dd data-testid="state">{{ state() }}</dd>
      </div>
      <div>
        <dt>Done</dt>
        <dd data-testid="done">{{ run.progress()?.done ?? 0 }} of {{ run.progress()?.total ?? 0 }}</dd>
      </div>
      <div>
        <dt>Failed</dt>
        <dd>{{ run.progress()?.failed ?? 0 }}</dd>
      </div>
      <div>
        <dt>Retries</dt>
        <dd data-testid="retries">{{ run.progress()?.retries ?? 0 }}</dd>
      </div>
      <div>
        <dt>In flight</dt>
        <dd data-testid="in-flight">{{ run.progress()?.inFlight ?? 0 }}</dd>
      </div>
      <div>
        <dt>Time left</dt>
        <dd>{{ timeLeft() }}</dd>
      </div>
      <div>
        <dt>Tokens</dt>
        <dd>{{ run.progress()?.tokens ?? 0 | number }}</dd>
      </div>
      <div>
        <dt>Cost</dt>
        <dd>{{ run.progress()?.cost ?? 0 | number: '1.4-4' }} USD</dd>
      </div>
    </dl>
    <p class="visually-hidden" aria-live="polite">{{ said() }}</p>
  `,
  styleUrl: './run-progress.css',
})
export class RunProgress {
  protected readonly run = inject(BoardRun);
  protected readonly state = computed(() => stateInWords[this.run.state()]);

  protected readonly timeLeft = computed(() => {
    const etaMs = this.run.state() === 'running' ? this.run.progress()?.etaMs : undefined;
    return etaMs === undefined ? '–' : `${(etaMs / 1000).toFixed(0)} s`;
  });

  private readonly summary = computed(() => {
    const { done = 0, total = 0, failed = 0 } = this.run.progress() ?? {};
    return this.run.state() === 'idle'
      ? ''
      : `${this.state()}: ${String(done)} of ${String(total)} done, ${String(failed)} failed.`;
  });
  protected readonly said = toSignal(toObservable(this.summary).pipe(auditTime(saidEveryMs)), { initialValue: '' });
}
