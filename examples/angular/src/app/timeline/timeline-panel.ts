import {
  ChangeDetectionStrategy,
  Component,
  computed,
  type ElementRef,
  inject,
  linkedSignal,
  viewChild,
} from '@angular/core';
import { takeUntilDestroyed, toObservable } from '@angular/core/rxjs-interop';
import { animationFrames, fromEvent, map, merge, type Observable, of, switchMap } from 'rxjs';
import { BoardRun } from '../run/board-run';
import type { Bar } from './bar';
import { barAt } from './bar-at';
import { barByKey } from './bar-by-key';
import { barInWords } from './bar-in-words';
import { drawTimeline } from './draw-timeline';
import { geometry, type Geometry } from './geometry';
import { paletteOf } from './palette';
import type { Timeline } from './timeline';

/** The run as lanes over time, on a canvas; in words for those who do not see it. */
@Component({
  selector: 'board-timeline',
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    <h2>Timeline</h2>
    <canvas
      #canvas
      tabindex="0"
      role="application"
      aria-roledescription="timeline"
      aria-describedby="pointed"
      [attr.aria-label]="inWords()"
      (keydown)="step($event)"
      (pointerdown)="pointAt($event)"
      (pointermove)="pointAt($event)"
      (pointerleave)="leave($event)"
    ></canvas>
    <p class="pointed" id="pointed" aria-live="polite">{{ pointedInWords() }}</p>
    <ul class="legend">
      @for (id of run.timeline().deployments; track id; let place = $index) {
        <li><span class="swatch" [style.background]="'var(--deployment-' + (place % 4) + ')'"></span>{{ id }}</li>
      }
      <li><span class="swatch failed"></span>failed</li>
      <li><span class="throttled">▲</span>throttled</li>
      <li>↻ another try</li>
      <li><span class="swatch cooling"></span>above the lanes: cooldown</li>
      <li>pale: aborted</li>
    </ul>
  `,
  styleUrl: './timeline-panel.css',
})
export class TimelinePanel {
  protected readonly run = inject(BoardRun);
  /** The call under the pointer, or chosen by a key. */
  private readonly pointed = linkedSignal({ source: this.run.timeline, computation: (): Bar | undefined => undefined });
  private place: Geometry | undefined;
  private readonly canvas = viewChild.required<ElementRef<HTMLCanvasElement>>('canvas');

  protected readonly inWords = computed(() => {
    this.run.progress(); // the timeline grows in place: this says when to count again
    this.run.state();
    const { bars, cooldowns, laneCount } = this.run.timeline();
    const ended = (end: string) => String(bars.filter((bar) => bar.end === end).length);
    return (
      `${String(bars.length)} calls in ${String(laneCount)} lanes: ${ended('ok')} answered, ${ended('failed')} failed, ` +
      `${ended('throttled')} throttled, ${ended('aborted')} aborted; ${String(cooldowns.length)} cooldowns.`
    );
  });

  protected readonly pointedInWords = computed(() => {
    this.run.progress(); // a call under way ends in place
    this.run.state();
    const bar = this.pointed();
    return bar === undefined
      ? 'Point at a bar, or go through them with the arrow keys, to see whose it is.'
      : barInWords(bar);
  });

  constructor() {
    const pointed$ = toObservable(this.pointed);
    const shown = computed(() => ({ timeline: this.run.timeline(), isRunning: this.run.state() === 'running' }));
    toObservable(shown)
      .pipe(
        switchMap(({ timeline, isRunning }) => {
          const shownAt = Date.now();
          return isRunning
            ? animationFrames().pipe(map(() => ({ timeline, now: Date.now() })))
            : merge(lookChanges$(), pointed$).pipe(map(() => ({ timeline, now: shownAt }))); // its time has stopped
        }),
        takeUntilDestroyed(),
      )
      .subscribe(({ timeline, now }) => {
        this.draw(timeline, now);
      });
  }

  private draw(timeline: Timeline, now: number): void {
    const canvas = this.canvas().nativeElement;
    const place = geometry(timeline, canvas.clientWidth, now);
    const context = sizedContext(canvas, place);
    if (context !== null) {
      drawTimeline({ context, timeline, geometry: place, palette: paletteOf(canvas), pointed: this.pointed(), now });
    }
    this.place = place;
  }

  protected pointAt({ offsetX, offsetY }: PointerEvent): void {
    this.pointed.set(this.place && barAt(this.run.timeline(), this.place, offsetX, offsetY));
  }

  protected step(event: KeyboardEvent): void {
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    const next = barByKey(this.run.timeline(), this.pointed(), event.key);
    if (next === undefined) return;
    event.preventDefault(); // the page does not scroll
    this.pointed.set(next);
  }

  /** A finger leaves as soon as it has pointed, and then is when one reads. */
  protected leave({ pointerType }: PointerEvent): void {
    if (pointerType !== 'touch') this.pointed.set(undefined);
  }
}

/** When the page gets another size or other colours, and now. */
function lookChanges$(): Observable<unknown> {
  return merge(
    of(undefined),
    fromEvent(window, 'resize'),
    fromEvent(matchMedia('(prefers-color-scheme: dark)'), 'change'),
  );
}

/** Its context in CSS pixels; sharp on dense screens. To size a canvas costs memory, so it is done when its size has changed. */
function sizedContext(canvas: HTMLCanvasElement, { width, height }: Geometry): CanvasRenderingContext2D | null {
  const scale = devicePixelRatio;
  const [wide, high] = [Math.round(width * scale), Math.round(height * scale)];
  if (canvas.width !== wide) canvas.width = wide;
  if (canvas.height !== high) {
    canvas.height = high;
    canvas.style.height = `${String(height)}px`;
  }
  const context = canvas.getContext('2d');
  context?.setTransform(scale, 0, 0, scale, 0, 0);
  return context;
}
