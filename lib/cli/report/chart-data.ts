import type { Findings } from './findings';
import type { Column } from './histogram';
import { pausesOf } from './pauses';
import { type Cut, shownTime } from './shown-time';
import type { Cell } from './time-line';

/** What the page's charts are drawn from. Times in seconds since the epoch, as uPlot has them, less what is left out. */
export interface ChartData {
  /** The one with the most calls first; of many the last is all the others. */
  readonly deployments: readonly string[];
  readonly times: readonly number[];
  readonly cuts: readonly Cut[];
  /** Calls under way, by deployment and time. */
  readonly inFlight: readonly (readonly number[])[];
  readonly failed: readonly number[];
  readonly throttled: readonly number[];
  /** So far. */
  readonly tokens: readonly number[];
  /** USD, of calls whose price is known. */
  readonly cost: readonly number[];
  readonly latency: readonly Column[];
  /** Where among the columns the quantiles of the answered requests are. */
  readonly marks: readonly { readonly label: string; readonly place: number }[];
  /** Calls, the first one first: when they began, how long they took (s), and whose they were; one that failed: the number of deployments. */
  readonly dots: {
    readonly at: readonly number[];
    readonly took: readonly number[];
    readonly of: readonly number[];
  };
}

/** More than a chart can tell apart. */
const mostDeployments = 8;

export function chartData({ deployments, timeLine, latency, dots, fromMs, toMs }: Findings): ChartData {
  const all = [...deployments.keys()];
  const names = all.length <= mostDeployments ? all : all.slice(0, mostDeployments - 1);
  const labels = all.length <= mostDeployments ? all : [...names, `${String(all.length - names.length)} others`];
  const seriesOf = (deployment: string): number => {
    const i = names.indexOf(deployment);
    return i < 0 ? names.length : i;
  };

  const everyMs = timeLine.everyMs();
  const cells = new Map(timeLine.read());
  const busy = [...cells.keys()];
  const pauses = pausesOf(busy, everyMs);
  const time = shownTime(
    pauses,
    pauses.reduce((ms, pause) => ms - (pause.toMs - pause.fromMs), toMs - fromMs),
    everyMs,
  );
  // Where nothing happened the first and the last one: a line between them says the same as all.
  const stretches = [...new Set(busy.flatMap((one) => [one - 1, one, one + 1]))].sort((a, b) => a - b);
  const sumAt = (stretch: number, of: keyof Cell, series?: number): number => {
    let sum = 0;
    for (const [deployment, cell] of cells.get(stretch) ?? []) {
      if (series === undefined || seriesOf(deployment) === series) sum += cell[of];
    }
    return sum;
  };
  const sums = (of: keyof Cell): readonly number[] => stretches.map((stretch) => sumAt(stretch, of));

  const calls = [...dots].sort((a, b) => a.startedAt - b.startedAt);
  return {
    deployments: labels,
    times: stretches.map((stretch) => time.of(stretch * everyMs)),
    cuts: time.cuts,
    inFlight: labels.map((_, series) =>
      stretches.map((stretch) => rounded(sumAt(stretch, 'busyMs', series) / everyMs)),
    ),
    failed: sums('failed'),
    throttled: sums('throttled'),
    tokens: summedUp(sums('tokens')),
    cost: summedUp(sums('cost')).map((usd) => Number(usd.toPrecision(6))),
    latency: latency.columns(),
    marks: [0.5, 0.95, 0.99].flatMap((share) => {
      const ms = latency.quantile(share);
      return ms === undefined ? [] : [{ label: `p${String(share * 100)}`, place: rounded(latency.placeOf(ms)) }];
    }),
    dots: {
      at: calls.map(({ startedAt }) => time.of(startedAt)),
      took: calls.map(({ elapsedMs }) => rounded(elapsedMs / 1000)),
      of: calls.map(({ deployment, isFailure }) => (isFailure ? labels.length : seriesOf(deployment))),
    },
  };
}

function summedUp(values: readonly number[]): readonly number[] {
  let sum = 0;
  return values.map((value) => (sum += value));
}

function rounded(value: number): number {
  return Number(value.toFixed(3));
}
