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
    expect(times).toEqual([noon / 1000, noon / 1000 + 0.1]);
    expect(inFlight).toEqual([
      [2, 0.5],
      [0, 0.5],
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

  it.each([
    ['a minute', 60_000],
    ['a week', 7 * day],
    ['a year', 365 * day],
  ])('shows a pause of %s as one: nothing was under way', (_, pauseMs) => {
    const busy = Array.from({ length: 50 }, (__, i) => ({ startedAt: noon + i * 100, elapsedMs: 100 }));
    const later = busy.map((call) => ({ ...call, startedAt: call.startedAt + pauseMs }));
    const { times, inFlight } = chartData(found([...busy, ...later]));
    const inPause = inFlight[0]!.filter(
      (__, i) => times[i]! * 1000 > noon + 4950 && times[i]! * 1000 < noon + pauseMs - 50,
    );
    expect(times.length).toBeLessThanOrEqual(3000);
    expect(inPause.length).toBeGreaterThanOrEqual(2);
    expect(Math.max(...inPause)).toBe(0);
    expect(times).toEqual([...new Set(times)].sort((a, b) => a - b));
  });

  it('marks the columns that hold the median and the slowest', () => {
    const calls = [...Array(90).fill(100), ...Array(8).fill(1000), 5000, 5000] as readonly number[];
    const { latency, marks } = chartData(found(calls.map((elapsedMs) => ({ startedAt: noon, elapsedMs }))));
    expect(marks.map(({ label }) => label)).toEqual(['p50', 'p95', 'p99']);
    for (const [i, ms] of [100, 1000, 5000].entries()) {
      const { fromMs, toMs } = latency[marks[i]!.column]!;
      expect(fromMs).toBeLessThanOrEqual(ms);
      expect(toMs).toBeGreaterThan(ms);
    }
  });
});
