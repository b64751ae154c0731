import { DecimalPipe } from '@angular/common';
import { ChangeDetectionStrategy, Component, input } from '@angular/core';
import type { Answer } from '../run/answer';

/** One request and its answer, while it is written and afterwards. */
@Component({
  selector: 'board-answer-card',
  imports: [DecimalPipe],
  changeDetection: ChangeDetectionStrategy.OnPush,
  host: { '[attr.data-state]': 'answer().state' },
  template: `
    <h3>
      <span class="index">{{ answer().index }}</span> {{ answer().prompt }}
    </h3>
    <p class="text">{{ answer().text }}</p>
    @if (answer().problem; as problem) {
      <p class="problem">{{ problem }}</p>
    }
    <p class="facts">
      {{ answer().state }}
      @if (answer().elapsedMs; as elapsedMs) {
        in {{ elapsedMs | number: '1.0-0' }} ms, {{ answer().calls }} {{ answer().calls === 1 ? 'call' : 'calls' }}
      }
      @if (answer().deployment; as deployment) {
        · {{ deployment }} · {{ answer().tokens | number }} tokens
      }
    </p>
  `,
  styleUrl: './answer-card.css',
})
export class AnswerCard {
  readonly answer = input.required<Answer>();
}
