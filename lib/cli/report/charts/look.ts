import type uPlot from 'uplot';

/** What the charts of a page share: its colours now, light or dark, and how values are told. */
export interface Look {
  /** A colour of the page by its name there: `--text`. */
  readonly style: (name: string) => string;
  /** The colour of a series. */
  readonly colour: (series: number) => string;
  readonly axis: uPlot.Axis;
  /** For a second scale. */
  readonly rightAxis: uPlot.Axis;
  readonly logarithmic: uPlot.Scale;
  /** The axis of times, and what the legend calls them. */
  readonly clock: uPlot.Axis;
  readonly moment: uPlot.Series;
  /** Bars, as far as the library has them. */
  readonly bars: uPlot.Series.PathBuilder | undefined;
  /** A dashed line wherever time is left out. */
  readonly cuts: (plot: uPlot) => void;
  /** The ticks of counts: those between whole numbers say nothing. */
  readonly whole: (plot: uPlot, ticks: number[]) => string[];
  readonly seconds: (value: number) => string;
}
