import { ChangeDetectionStrategy, Component, computed, inject } from '@angular/core';
import { AnswerList } from './panels/answer-list';
import { DeploymentTable } from './panels/deployment-table';
import { FailureList } from './panels/failure-list';
import { RunProgress } from './panels/run-progress';
import { SettingsForm } from './panels/settings-form';
import { BoardRun } from './run/board-run';
import { TimelinePanel } from './timeline/timeline-panel';

/** The page: settings above, the run below, its answers beside it where there is room. */
@Component({
  selector: 'board-root',
  imports: [AnswerList, DeploymentTable, FailureList, RunProgress, SettingsForm, TimelinePanel],
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    <header>
      <h1>rx-fanout board</h1>
      <p>Many prompts over several deployments, as one RxJS stream.</p>
    </header>
    <main>
      <board-settings-form [isRunning]="isRunning()" (run)="run.start($event)" (cancelled)="run.cancel()" />
      <board-run-progress />
      <board-failure-list />
      <board-timeline />
      <board-deployment-table />
      <board-answer-list />
    </main>
  `,
  styleUrl: './board.css',
})
export class Board {
  protected readonly run = inject(BoardRun);
  protected readonly isRunning = computed(() => this.run.state() === 'running');
}
