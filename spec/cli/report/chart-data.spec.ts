import { chartData } from '../../../lib/cli/report/chart-data';
import { finder, type Findings } from '../../../lib/cli/report/findings';

interface Call {
  readonly deployment?: string;
  readonly startedAt: number;
  readonly elapsedMs: number;
  readonly ended?: 'ok' | 'failed' | 'throttled' | 'aborted';
}
const day = 86_400_000;
const noon = Date.UTC(2026, 10, 27, 12);

function found(calls: readonly Call[]): Findings {
  const { add, found: all } = finder(() => 0.5);
  for (const call of calls) {
    add({ attempts: [{ deployment: 'a', ended: 'ok', ...call }], timing: { elapsedMs: call.elapsedMs } });
  }
  return all();
}

describe('chartData', () => {
  it('has how many calls were under way: half of a stretch counts half', () => {
    const { times, inFlight } = chartData(
      found([
        { startedAt: noon, elapsedMs: 150 },
        { startedAt: noon, elapsedMs: 100 },
        { deployment: 'b', startedAt: noon + 100, elapsedMs: 50 },
      ]),
    );
    expect(times).toEqual([noon - 100, noon, noon + 100, noon + 200].map((ms) => ms / 1000));
    expect(inFlight).toEqual([
      [0, 2, 0.5, 0],
      [0, 0, 0.5, 0],
    ]);
  });

  it('has a dot for each of the calls that begin in one moment, and tells those that failed', () => {
    const { dots, deployments } = chartData(
      found([
        { startedAt: noon + 5, elapsedMs: 30, ended: 'throttled' },
        { startedAt: noon, elapsedMs: 10 },
        { startedAt: noon, elapsedMs: 20, ended: 'aborted' },
        { deployment: 'b', startedAt: noon, elapsedMs: 40, ended: 'failed' },
      ]),
    );
    expect(deployments).toEqual(['a', 'b']);
    expect(dots).toEqual({
      at: [noon, noon, noon, noon + 5].map((ms) => ms / 1000),
      took: [0.01, 0.02, 0.04, 0.03],
      of: [0, 0, 2, 2],
    });
  });

  const twice = (pauseMs: number): Findings => {
    const busy = Array.from({ length: 50 }, (_, i) => ({ startedAt: noon + i * 100, elapsedMs: 100 }));
    return found([...busy, ...busy.map((call) => ({ ...call, startedAt: call.startedAt + pauseMs }))]);
  };

  it('shows a wait of a minute as it was: nothing was under way', () => {
    const { times, inFlight, cuts } = chartData(twice(60_000));
    const inPause = inFlight[0]!.filter((_, i) => times[i]! * 1000 > noon + 5000 && times[i]! * 1000 < noon + 59_900);
    expect(cuts).toEqual([]);
    expect(inPause.length).toBeGreaterThan(0);
    expect(Math.max(...inPause)).toBe(0);
    expect(times.at(-1)).toBeCloseTo((noon + 65_100) / 1000);
  });

  it.each([
    ['a quarter of an hour', 900_000],
    ['a week', 7 * day],
    ['a year', 365 * day],
  ])('leaves out most of a pause of %s, in which the run was stopped, and says where and how much', (_, pauseMs) => {
    const { times, inFlight, cuts, dots } = chartData(twice(pauseMs));
    expect(cuts).toHaveLength(1);
    const [{ at, seconds }] = cuts as readonly [(typeof cuts)[number]];
    expect(times).toEqual([...new Set(times)].sort((a, b) => a - b));
    expect(seconds % 1).toBe(0);
    expect(times.at(-1)! + seconds).toBeCloseTo((noon + pauseMs + 5100) / 1000);
    expect(times.at(-1)! - times[0]!).toBeLessThan(13); // twice 5 s of calls, and what is left of the pause
    expect(at).toBeGreaterThan((noon + 5000) / 1000);
    expect(at).toBeLessThan((noon + pauseMs) / 1000 - seconds);
    expect(dots.at[50]! + seconds).toBeCloseTo((noon + pauseMs) / 1000);
    expect(inFlight[0]!.filter((n) => n > 0).length).toBe(100);
  });

  it('tells no more than eight deployments apart: of twenty the last is the rest of them', () => {
    const calls = Array.from({ length: 20 }, (_, i) => ({
      deployment: `d${String(i)}`,
      startedAt: noon,
      elapsedMs: 100,
    }));
    const { deployments, inFlight, dots } = chartData(found(calls));
    expect(deployments).toEqual(['d0', 'd1', 'd2', 'd3', 'd4', 'd5', 'd6', '13 others']);
    expect(inFlight.map((counts) => Math.max(...counts))).toEqual([1, 1, 1, 1, 1, 1, 1, 13]);
    expect(dots.of.filter((of) => of === 7)).toHaveLength(13);
  });

  it('marks the columns that hold the median and the slowest', () => {
    const calls = [...Array(90).fill(100), ...Array(8).fill(1000), 5000, 5000] as readonly number[];
    const { latency, marks } = chartData(found(calls.map((elapsedMs) => ({ startedAt: noon, elapsedMs }))));
    expect(marks.map(({ label }) => label)).toEqual(['p50', 'p95', 'p99']);
    for (const [i, ms] of [100, 1000, 5000].entries()) {
      const { fromMs, toMs } = latency[Math.floor(marks[i]!.place)]!;
      expect(fromMs).toBeLessThanOrEqual(ms);
      expect(toMs).toBeGreaterThan(ms);
    }
  });
});
