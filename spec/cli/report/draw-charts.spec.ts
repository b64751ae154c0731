import { runInNewContext } from 'node:vm';
import { chartData } from '../../../lib/cli/report/chart-data';
import { drawCharts } from '../../../lib/cli/report/draw-charts';
import { finder } from '../../../lib/cli/report/findings';

interface Plot {
  readonly series: readonly { readonly label: string }[];
  readonly rows: readonly (readonly unknown[])[];
}

/** What the function draws where it runs in a page: as its text, with what a page has and nothing else. */
function drawn(data: unknown): readonly Plot[] {
  const plots: Plot[] = [];
  const UPlot = Object.assign(
    function UPlot({ series }: Pick<Plot, 'series'>, rows: Plot['rows']) {
      plots.push({ series, rows });
    },
    { paths: {} },
  );
  runInNewContext(`(${drawCharts.toString()})(${JSON.stringify(data)}, UPlot)`, {
    UPlot,
    document: { getElementById: () => ({ clientWidth: 360 }) },
    getComputedStyle: () => ({ getPropertyValue: () => ' #000 ' }),
    matchMedia: () => ({ addEventListener: () => undefined }),
    addEventListener: () => undefined,
  });
  return plots;
}

describe('drawCharts', () => {
  it('draws four charts in a page, where nothing of its file is: a row for each of its series', () => {
    const { add, found } = finder(() => 0.5);
    const call = { startedAt: 1_800_000_000_000, elapsedMs: 40 };
    add({ attempts: [{ ...call, deployment: 'a', ended: 'ok' }], timing: { elapsedMs: 40 } });
    add({ attempts: [{ ...call, deployment: 'b', ended: 'failed' }], timing: { elapsedMs: 40 } });
    const plots = drawn(chartData(found()));
    expect(plots.map(({ series }) => series.map(({ label }) => label))).toEqual([
      ['at', 'a', 'b', 'failed', 'throttled'],
      ['at', 'a', 'b', 'failed or throttled'],
      ['up to', 'requests'],
      ['at', 'tokens', 'USD'],
    ]);
    for (const { series, rows } of plots) {
      expect(rows).toHaveLength(series.length);
      expect(new Set(rows.map(({ length }) => length)).size).toBe(1);
    }
    expect(plots[1]!.rows.slice(1)).toEqual([
      [0.04, null],
      [null, null],
      [null, 0.04],
    ]);
  });
});
