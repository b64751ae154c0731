import { runInNewContext } from 'node:vm';
import { figures, figuresScript } from '../../../lib/cli/report/figures';
import { finder, type Findings } from '../../../lib/cli/report/findings';
import type { ResultLine } from '../../../lib/cli/report/result-line';

interface Options {
  readonly series: readonly { readonly label: string; readonly value?: unknown }[];
  readonly tzDate: (at: number) => Date;
  readonly hooks: { readonly draw: readonly ((plot: object) => void)[] };
  readonly width: number;
}
interface Plot {
  readonly options: Options;
  readonly rows: readonly (readonly unknown[])[];
  readonly place: string;
}

/** What the script draws where it runs in a page: with the places that the page has, what every page has and nothing else. */
function drawn(found: Findings): readonly Plot[] {
  const html = figures(found);
  const plots: Plot[] = [];
  const UPlot = Object.assign(
    function UPlot(options: Options, rows: Plot['rows'], { id }: { readonly id: string }) {
      plots.push({ options, rows, place: id });
    },
    { paths: {}, tzDate: (date: Date) => date },
  );
  runInNewContext(figuresScript(found), {
    uPlot: UPlot,
    document: { getElementById: (id: string) => (html.includes(`id="${id}"`) ? { id, clientWidth: 360 } : null) },
    getComputedStyle: () => ({ getPropertyValue: () => ' #000 ' }),
    matchMedia: () => ({ addEventListener: () => undefined }),
    addEventListener: () => undefined,
    devicePixelRatio: 1,
  });
  return plots;
}

describe('figures', () => {
  const startedAt = Date.UTC(2026, 10, 27, 12);
  const usage = { promptTokens: 1, completionTokens: 2, totalTokens: 3 };
  const ok = { deployment: 'a', startedAt, elapsedMs: 40, ended: 'ok', usage, cost: 0.5 } as const;
  const failed = { deployment: 'b', startedAt, elapsedMs: 40, ended: 'failed', cost: 0 } as const;
  const error = { _tag: 'ServerError', message: 'down' };
  const found = (lines: readonly Omit<ResultLine, 'timing'>[]): Findings => {
    const { add, found: all } = finder(() => 0.5);
    for (const line of lines) add({ ...line, timing: { elapsedMs: 40 } });
    return all();
  };
  const labels = ({ options }: Plot): readonly string[] => options.series.map(({ label }) => label);

  it('are drawn by a script that needs nothing of its files: a row for each series, all of one length', () => {
    const plots = drawn(found([{ attempts: [ok] }, { attempts: [failed], error }]));
    expect(plots.map((plot) => [plot.place, labels(plot)])).toEqual([
      ['in-flight', ['at', 'a', 'b', 'failed', 'throttled']],
      ['calls', ['at', 'a', 'b', 'failed or throttled']],
      ['latency', ['up to', 'requests']],
      ['spending', ['at', 'tokens', 'USD']],
    ]);
    for (const { options, rows } of plots) {
      expect(options.width).toBe(360);
      expect(rows).toHaveLength(options.series.length);
      expect(new Set(rows.map(({ length }) => length)).size).toBe(1);
      expect(rows[0]).toEqual([...(rows[0] as readonly number[])].sort((a, b) => a - b));
    }
    expect(plots[1]!.rows.slice(1)).toEqual([
      [null, 0.04, null, null],
      [null, null, null, null],
      [null, null, 0.04, null],
    ]);
  });

  it('span some time even for a single call: uPlot shows years for one moment', () => {
    for (const { rows, place } of drawn(found([{ attempts: [ok] }])).filter((plot) => plot.place !== 'latency')) {
      const [times] = rows as readonly [readonly number[]];
      expect([place, times.at(-1)! > times[0]!]).toEqual([place, true]);
    }
  });

  it('are only those that have something to show: no latency without an answer, no cost without a price', () => {
    const allFailed = drawn(found([{ attempts: [failed], error }]));
    expect(allFailed.map(({ place }) => place)).toEqual(['in-flight', 'calls']);
    const unpriced = drawn(found([{ attempts: [{ ...ok, cost: undefined }] }]));
    expect(labels(unpriced[3]!)).toEqual(['at', 'tokens']);
  });

  it('tell the real time after a pause that is left out, and draw a line there', () => {
    const week = 7 * 86_400_000;
    const [plot] = drawn(
      found([{ attempts: [ok] }, { attempts: [{ ...ok, startedAt: startedAt + week }] }]),
    ) as readonly [Plot];
    const times = plot.rows[0] as readonly number[];
    const told = times.map((at) => plot.options.tzDate(at).getTime());
    expect(told[0]).toBe(startedAt - 100);
    expect(told.at(-1)).toBe(startedAt + week + 100);

    const lines: number[] = [];
    const nothing = (): void => undefined;
    const ctx = {
      save: nothing,
      restore: nothing,
      setLineDash: nothing,
      beginPath: nothing,
      moveTo: (x: number) => lines.push(x),
      lineTo: nothing,
      stroke: nothing,
    };
    const bbox = { left: 0, top: 0, width: times.at(-1)! - times[0]!, height: 10 };
    for (const draw of plot.options.hooks.draw) draw({ ctx, bbox, valToPos: (at: number) => at - times[0]! });
    expect(lines).toHaveLength(1);
    expect(figures(found([{ attempts: [ok] }, { attempts: [{ ...ok, startedAt: startedAt + week }] }]))).toContain(
      'At a dashed line nothing was under way',
    );
  });
});
