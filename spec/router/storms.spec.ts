import { map, mergeMap, range, timer } from 'rxjs';
import type { HealthConfig } from '../../lib/config/router-config';
import type { ParallelResult } from '../../lib/domain/result';
import type { RouterEvent } from '../../lib/domain/router-event';
import { createRouter } from '../../lib/router';
import { fakeProvider, virtualTime, type FakeCall, type FakeReply } from '../../lib/testing/index';
import { seededRandom } from '../../lib/testing/simulate/seeded-random';
import { brief } from '../support/brief';
import { rowsOf } from '../support/rows-of';

interface Storm {
  /** What a deployment in it replies, after 10 ms. */
  readonly reply: FakeReply;
  /** When it is over (ms). */
  readonly untilMs: number;
  /** It hits both deployments, not only `bad`. */
  readonly onBoth?: boolean;
  readonly health?: HealthConfig;
}

interface Weathered {
  readonly rows: readonly ParallelResult<unknown>[];
  /** To `bad`. */
  readonly calls: readonly FakeCall[];
  /** Of `bad`. */
  readonly cooldowns: readonly Extract<RouterEvent, { readonly type: 'cooldown-entered' | 'cooldown-left' }>[];
}

const everyMs = 50;
const answerMs = 100;

/** A request every 50 ms for half a minute, to two deployments that take 100 ms; the storm is there from the beginning. */
function weathered({ reply, untilMs, onBoth = false, health }: Storm): Weathered {
  const cooldowns: Weathered['cooldowns'][number][] = [];
  const deployment = (id: string, isHit: boolean) => {
    const isInStorm = (): boolean => isHit && virtualTime.now() < untilMs;
    const fake = fakeProvider(() => (isInStorm() ? { ...reply, afterMs: 10 } : { text: id, afterMs: answerMs }));
    return { fake, deployment: { group: 'g', id, ...fake } };
  };
  const [bad, good] = [deployment('bad', true), deployment('good', onBoth)];
  const rows = rowsOf(() => {
    const deployments = [bad.deployment, good.deployment];
    const router = createRouter({ ...virtualTime, random: seededRandom(1), health, deployments });
    router.events$.subscribe((event) => {
      const isCooldown = event.type === 'cooldown-entered' || event.type === 'cooldown-left';
      if (isCooldown && event.deployment === 'bad') cooldowns.push(event);
    });
    const requests$ = range(0, 30_000 / everyMs).pipe(
      mergeMap((i) => timer(i * everyMs)),
      map(() => 'hello'),
    );
    return router.parallel$(requests$, { concurrency: Infinity });
  });
  return { rows, calls: bad.fake.calls, cooldowns };
}

const failures = (rows: Weathered['rows']): readonly string[] => rows.map(brief).filter((one) => one.startsWith('!'));
const longestMs = (rows: Weathered['rows']): number => Math.max(...rows.map(({ timing }) => timing.elapsedMs));

/** The share of all requests that `bad` is asked from a moment on. */
const shareFrom = (calls: Weathered['calls'], sinceMs: number): number =>
  calls.filter(({ at }) => at >= sinceMs).length / ((30_000 - sinceMs) / everyMs);

describe('a storm on one of two deployments', () => {
  it.each<[string, Storm]>([
    ['a short one of 500s', { reply: { status: 500 }, untilMs: 5000 }],
    ['a longer one of 500s', { reply: { status: 500 }, untilMs: 12_000 }],
    ['a short one of 429s', { reply: { status: 429 }, untilMs: 5000, health: { on429: 'cooldown' } }],
    ['a longer one of 429s', { reply: { status: 429 }, untilMs: 12_000, health: { on429: 'cooldown' } }],
  ])('%s, with cooldowns: the other takes over; one probe at a time; back within one cooldown', (_, storm) => {
    const { rows, calls, cooldowns } = weathered(storm);
    const [first, last] = [cooldowns[0], cooldowns.at(-1)];
    if (first?.type !== 'cooldown-entered' || last?.type !== 'cooldown-left') throw new Error('no cooldown');
    expect(first.at).toBeLessThan(600);
    expect(failures(rows)).toEqual([]);
    expect(longestMs(rows)).toBeLessThanOrEqual(10 + answerMs);

    const probes = calls.filter(({ at }) => at > first.at && at < last.at);
    expect(probes).toHaveLength(cooldowns.length - 1); // each ends one cooldown, and the last one begins no other
    const longest = Math.max(...cooldowns.map((one) => (one.type === 'cooldown-entered' ? one.cooledForMs : 0)));
    expect(last.at - storm.untilMs).toBeLessThan(longest + 500);
    expect(shareFrom(calls, last.at)).toBeGreaterThan(0.4);
  });

  it('of 429s, which are learned from: no cooldown, nobody waits, and it has its share again at once', () => {
    const { rows, calls, cooldowns } = weathered({ reply: { status: 429 }, untilMs: 5000 });
    expect(cooldowns).toEqual([]);
    expect(failures(rows)).toEqual([]);
    expect(longestMs(rows)).toBeLessThanOrEqual(10 + answerMs);
    expect(shareFrom(calls, 6000)).toBeGreaterThan(0.4);
  });
});

describe('a storm of 429s on all there are, with cooldowns', () => {
  const health: HealthConfig = { on429: 'cooldown' };

  it('is waited out', () => {
    const { rows, calls } = weathered({ reply: { status: 429 }, untilMs: 12_000, onBoth: true, health });
    expect(failures(rows)).toEqual([]);
    expect(calls.filter(({ at }) => at < 12_000).length).toBeLessThan(5);
  });

  it('is not waited for without end', () => {
    const { rows } = weathered({ reply: { status: 429 }, untilMs: Infinity, onBoth: true, health });
    expect(new Set(failures(rows))).toEqual(new Set(['!RateLimited']));
    expect(failures(rows)).toHaveLength(rows.length);
    expect(longestMs(rows)).toBeLessThan(80_000);
  });
});

describe('a storm of 429s under a limit a minute', () => {
  it('costs time, not failures; the limit is kept, and afterwards they do not all come at once', () => {
    const isInStorm = (): boolean => virtualTime.now() < 3000;
    const refusal: FakeReply = { afterMs: 10, status: 429, headers: { 'retry-after': '1' } };
    const fake = fakeProvider(() => (isInStorm() ? refusal : { afterMs: answerMs, text: 'ok' }));
    const rows = rowsOf(() => {
      const router = createRouter({
        ...virtualTime,
        random: seededRandom(1),
        deployments: [{ group: 'g', rpm: 6000, ...fake }],
      });
      return router.parallel$(Array<string>(1000).fill('hello'), { concurrency: 50 });
    });
    expect(failures(rows)).toEqual([]);
    const after = fake.calls.map(({ at }) => at - 3000).filter((at) => at >= 0);
    expect(fake.calls.length - after.length).toBeLessThanOrEqual(4 * 50);
    const bins = after.reduce<number[]>((counts, at) => {
      const bin = Math.floor(at / 100);
      counts[bin] = (counts[bin] ?? 0) + 1;
      return counts;
    }, []);
    expect(Math.max(...Object.values(bins))).toBeLessThan((3 * after.length) / bins.length);
  });
});
