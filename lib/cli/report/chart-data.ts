import type { Findings } from './findings';

/** What the page's charts are drawn from. Times in seconds since the epoch, as uPlot has them. */
export interface ChartData {
  readonly deployments: readonly string[];
  readonly times: readonly number[];
  /** Calls under way, by deployment and time. */
  readonly inFlight: readonly (readonly number[])[];
  readonly failed: readonly number[];
  readonly throttled: readonly number[];
  /** So far. */
  readonly tokens: readonly number[];
  readonly cost: readonly number[];
  readonly latency: readonly { readonly fromMs: number; readonly toMs: number; readonly count: number }[];
  /** By deployment: when calls began, and how long they took (s). */
  readonly dots: readonly { readonly at: readonly number[]; readonly took: readonly number[] }[];
}

export function chartData({ deployments, timeLine, latency, dots }: Findings): ChartData {
  const names = [...deployments.keys()];
  const everyMs = timeLine.everyMs();
  const cells = new Map(timeLine.read());
  const stretches = stretchesOf([...cells.keys()]);
  const sumAt = (stretch: number, of: 'failed' | 'throttled' | 'tokens' | 'cost'): number =>
    [...(cells.get(stretch)?.values() ?? [])].reduce((sum, cell) => sum + cell[of], 0);
  const column = (of: 'failed' | 'throttled' | 'tokens' | 'cost'): readonly number[] =>
    stretches.map((stretch) => sumAt(stretch, of));
  return {
    deployments: names,
    times: stretches.map((stretch) => (stretch * everyMs) / 1000),
    inFlight: names.map((name) =>
      stretches.map((stretch) => rounded((cells.get(stretch)?.get(name)?.busyMs ?? 0) / everyMs)),
    ),
    failed: column('failed'),
    throttled: column('throttled'),
    tokens: summedUp(column('tokens')),
    cost: summedUp(column('cost')).map((usd) => Number(usd.toPrecision(6))),
    latency: latency.columns(),
    dots: names.map((name) => {
      const own = dots.filter(({ deployment }) => deployment === name).sort((a, b) => a.startedAt - b.startedAt);
      return {
        at: own.map(({ startedAt }) => startedAt / 1000),
        took: own.map(({ elapsedMs }) => rounded(elapsedMs / 1000)),
      };
    }),
  };
}

/** A run that was gone on with after a week has more in which nothing happened than a page can show. */
const most = 3000;

/** All from the first to the last, those in which nothing happened too, so that a pause shows as one; if there are not too many. */
function stretchesOf(busy: readonly number[]): readonly number[] {
  const [first = 0, last = -1] = [busy[0], busy.at(-1)];
  return last - first >= most ? busy : Array.from({ length: last - first + 1 }, (_, i) => first + i);
}

function summedUp(values: readonly number[]): readonly number[] {
  let sum = 0;
  return values.map((value) => (sum += value));
}

function rounded(value: number): number {
  return Number(value.toFixed(3));
}
