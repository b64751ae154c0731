import type uPlot from 'uplot';
import type { ChartData } from '../chart-data';
import type { Look } from './look';

/** What uPlot draws, and the element of the page it goes to. */
export interface Chart {
  readonly id: string;
  readonly options: Omit<uPlot.Options, 'width' | 'height'>;
  readonly values: uPlot.AlignedData;
}

/** Makes a chart. It runs in the page, where it is put as its own text: so it uses nothing from outside of itself but what it is given. */
export type ChartOf = (data: ChartData, look: Look) => Chart;
