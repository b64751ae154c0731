import { DecimalPipe } from '@angular/common';
import { ChangeDetectionStrategy, Component, computed, inject } from '@angular/core';
import { toObservable, toSignal } from '@angular/core/rxjs-interop';
import { catchError, EMPTY, exhaustMap, type Observable, of, switchMap, takeWhile, timer } from 'rxjs';
import { BoardRun } from '../run/board-run';
import type { ServerStats } from '../simulation/server-stats';
import { Simulation } from '../simulation/simulation';

/** What the router knows of each deployment, and what the simulated servers have seen. */
@Component({
  selector: 'board-deployment-table',
  imports: [DecimalPipe],
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    <h2 id="deployments">Deployments</h2>
    <div class="scroll" tabindex="0" role="region" aria-labelledby="deployments">
      <table>
        <thead>
          <tr>
            <th scope="col">Deployment</th>
            <th scope="col">Health</th>
            <th scope="col">In flight</th>
            <th scope="col">Calls</th>
            <th scope="col">Failed</th>
            <th scope="col">Throttled</th>
            <th scope="col">p50 ms</th>
            <th scope="col">p95 ms</th>
            <th scope="col">Tokens</th>
            <th scope="col">USD</th>
          </tr>
        </thead>
        <tbody>
          @for (one of run.deployments(); track one.id; let place = $index) {
            <tr>
              <th scope="row">
                <span class="swatch" [style.background]="'var(--deployment-' + (place % 4) + ')'"></span>{{ one.id }}
              </th>
              <td>{{ one.health }}</td>
              <td>{{ one.inFlight }}</td>
              <td>{{ one.calls }}</td>
              <td>{{ one.failed }}</td>
              <td>{{ one.throttled }}</td>
              <td>{{ (one.latency?.p50Ms | number: '1.0-0') ?? '–' }}</td>
              <td>{{ (one.latency?.p95Ms | number: '1.0-0') ?? '–' }}</td>
              <td>{{ one.usage.totalTokens | number }}</td>
              <td>{{ (one.cost | number: '1.4-4') ?? '–' }}</td>
            </tr>
          }
        </tbody>
      </table>
    </div>
    <p class="note">Of all runs since the page was opened.</p>
    @if (servers(); as seen) {
      <p class="note" data-testid="servers">
        The simulated servers, in this run: {{ seen.requests }} requests, {{ seen.inFlight }} open now,
        {{ seen.aborted }} closed by this page before the answer was whole.
      </p>
    }
  `,
  styleUrl: './deployment-table.css',
})
export class DeploymentTable {
  protected readonly run = inject(BoardRun);
  private readonly simulation = inject(Simulation);

  private readonly watched = computed(() => (this.run.isSimulated() ? this.run.state() : 'idle'));
  /** Each second while a run goes on, and until it has left nothing open; of a run somewhere else nothing. */
  protected readonly servers = toSignal(
    toObservable(this.watched).pipe(
      switchMap((state) =>
        state === 'idle'
          ? of(undefined)
          : state === 'running'
            ? this.seen$(0)
            : this.seen$(200).pipe(takeWhile(isOpen, true)),
      ),
    ),
  );

  private seen$(firstAfterMs: number): Observable<ServerStats> {
    return timer(firstAfterMs, 1000).pipe(
      exhaustMap(() => this.simulation.stats$().pipe(catchError(() => EMPTY))), // the next one may be answered
    );
  }
}

function isOpen({ inFlight }: ServerStats): boolean {
  return inFlight > 0;
}
