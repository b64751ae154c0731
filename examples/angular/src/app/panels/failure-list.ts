import { ChangeDetectionStrategy, Component, computed, inject } from '@angular/core';
import { BoardRun } from '../run/board-run';

/** Why requests failed, and how many for each reason; the cards say which. */
@Component({
  selector: 'board-failure-list',
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    @if (failures().length > 0) {
      <h2>Failures</h2>
      <ul>
        @for (failure of failures(); track failure.problem) {
          <li>
            <strong>{{ failure.count }} ×</strong> {{ failure.problem }}
          </li>
        }
      </ul>
    }
  `,
  styles: 'ul { margin: 0; padding-left: 1.2rem; overflow-wrap: anywhere; }',
})
export class FailureList {
  private readonly run = inject(BoardRun);

  protected readonly failures = computed(() => {
    const counts = new Map<string, number>();
    for (const { problem } of this.run.answers()) {
      if (problem !== undefined) counts.set(problem, (counts.get(problem) ?? 0) + 1);
    }
    return [...counts].map(([problem, count]) => ({ problem, count })).sort((a, b) => b.count - a.count);
  });
}
