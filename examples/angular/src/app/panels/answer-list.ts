import { ChangeDetectionStrategy, Component, inject } from '@angular/core';
import { BoardRun } from '../run/board-run';
import { AnswerCard } from './answer-card';

/** The answers in the order in which they came. */
@Component({
  selector: 'board-answer-list',
  imports: [AnswerCard],
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    <h2 id="answers">Answers</h2>
    <div class="cards" tabindex="0" role="region" aria-labelledby="answers">
      @for (answer of run.answers(); track answer.index) {
        <board-answer-card [answer]="answer" />
      } @empty {
        <p>They appear here as they come.</p>
      }
    </div>
  `,
  styleUrl: './answer-list.css',
})
export class AnswerList {
  protected readonly run = inject(BoardRun);
}
