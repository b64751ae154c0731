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
  /** Shares of the answered requests, and the column of `latency` by whose end so many of them were. */
  readonly marks: readonly { readonly label: string; readonly column: number }[];
  /** Calls, the first one first: when they began, how long they took (s), and whose they were; one that failed: the number of deployments. */
  readonly dots: {
    readonly at: readonly number[];
    readonly took: readonly number[];
    readonly of: readonly number[];
  };
}

export function chartData({ deployments, timeLine, latency, dots }: Findings): ChartData {
  const names = [...deployments.keys()];
  const everyMs = timeLine.everyMs();
  const cells = new Map(timeLine.read());
  const stretches = stretchesOf([...cells.keys()]);
  const sumAt = (stretch: number, of: 'failed' | 'throttled' | 'tokens' | 'cost'): number =>
    [...(cells.get(stretch)?.values() ?? [])].reduce((sum, cell) => sum + cell[of], 0);
  const sums = (of: 'failed' | 'throttled' | 'tokens' | 'cost'): readonly number[] =>
    stretches.map((stretch) => sumAt(stretch, of));
  const columns = latency.columns();
  const calls = [...dots].sort((a, b) => a.startedAt - b.startedAt);
  return {
    deployments: names,
    times: stretches.map((stretch) => (stretch * everyMs) / 1000),
    inFlight: names.map((name) =>
      stretches.map((stretch) => rounded((cells.get(stretch)?.get(name)?.busyMs ?? 0) / everyMs)),
    ),
    failed: sums('failed'),
    throttled: sums('throttled'),
    tokens: summedUp(sums('tokens')),
    cost: summedUp(sums('cost')).map((usd) => Number(usd.toPrecision(6))),
    latency: columns,
    marks: [0.5, 0.95, 0.99].map((share) => {
      const ms = latency.quantile(share);
      return { label: `p${String(share * 100)}`, column: columns.findIndex(({ toMs }) => toMs === ms) };
    }),
    dots: {
      at: calls.map(({ startedAt }) => startedAt / 1000),
      took: calls.map(({ elapsedMs }) => rounded(elapsedMs / 1000)),
      of: calls.map(({ deployment, isFailure }) => (isFailure ? names.length : names.indexOf(deployment))),
    },
  };
}

/** A run that was gone on with after a week has more in which nothing happened than a page can show. */
const most = 3000;

/**
 * All from the first to the last, those in which nothing happened too, so that a pause shows as one; of too many the first and the last one
 * of each pause.
 */
function stretchesOf(busy: readonly number[]): readonly number[] {
  const [first = 0, last = -1] = [busy[0], busy.at(-1)];
  if (last - first < most) return Array.from({ length: last - first + 1 }, (_, i) => first + i);
  const shown = new Set(busy.flatMap((stretch) => [stretch - 1, stretch, stretch + 1]));
  return [...shown].sort((a, b) => a - b);
}

function summedUp(values: readonly number[]): readonly number[] {
  let sum = 0;
  return values.map((value) => (sum += value));
}

function rounded(value: number): number {
  return Number(value.toFixed(3));
}
