import type { RouterEvent } from 'rx-fanout';
import type { Bar } from './bar';
import type { Cooldown } from './cooldown';
import { Lanes } from './lanes';

/** What a run has done so far, from a router's events: calls in lanes, and cooldowns. It grows in place, since it is drawn at each frame. */
export class Timeline {
  readonly bars: Bar[] = [];
  readonly cooldowns: Cooldown[] = [];
  private readonly open = new Map<string, Bar>();
  private readonly lanes = new Lanes();

  constructor(
    /** Ids of the deployments, in the order of their colours. */
    readonly deployments: readonly string[],
    /** When the run began (ms since the epoch). */
    readonly from: number,
  ) {}

  /** Lanes used so far. */
  get laneCount(): number {
    return this.lanes.count;
  }

  note(event: RouterEvent): void {
    switch (event.type) {
      case 'attempt-started':
        this.begin(event);
        break;
      case 'attempt-succeeded':
        this.end(event, 'ok');
        break;
      case 'attempt-failed':
        this.end(event, event.tag === 'RateLimited' || event.tag === 'Overloaded' ? 'throttled' : 'failed', event.tag);
        break;
      case 'attempt-aborted':
        this.end(event, 'aborted');
        break;
      case 'retry-scheduled':
      case 'throttled':
      case 'fallback-taken':
        this.lanes.take(event.index);
        break;
      case 'cooldown-entered':
        this.cooldowns.push({ deployment: event.deployment, from: event.at, until: event.at + event.cooledForMs });
        break;
      case 'cooldown-left':
        this.endCooldown(event);
        break;
    }
  }

  private begin({ index, deployment, attempt, at }: Extract<RouterEvent, { type: 'attempt-started' }>): void {
    const bar: Bar = { lane: this.lanes.take(index), index, deployment, attempt, from: at };
    this.bars.push(bar);
    this.open.set(nameOf(bar), bar);
  }

  private end(
    event: Pick<Bar, 'index' | 'attempt'> & { at: number },
    end: NonNullable<Bar['end']>,
    tag?: string,
  ): void {
    const bar = this.open.get(nameOf(event));
    if (bar === undefined) return; // of a run before this one
    Object.assign(bar, { until: event.at, end }, tag === undefined ? {} : { tag });
    this.open.delete(nameOf(event));
    this.lanes.leave(event.index);
  }

  private endCooldown({ deployment, at }: Extract<RouterEvent, { type: 'cooldown-left' }>): void {
    const last = this.cooldowns.findLast((cooldown) => cooldown.deployment === deployment);
    if (last !== undefined) last.until = Math.min(last.until, at);
  }
}

function nameOf({ index, attempt }: Pick<Bar, 'index' | 'attempt'>): string {
  return `${String(index)}/${String(attempt)}`;
}
