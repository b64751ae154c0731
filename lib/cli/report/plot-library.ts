import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** uPlot, as a page can hold it: its program and its style sheet. */
export interface PlotLibrary {
  readonly program: string;
  readonly style: string;
}

/** @param folder where its built files are */
export async function plotLibrary(folder: string): Promise<PlotLibrary> {
  const [program, style] = await Promise.all([
    readFile(join(folder, 'uPlot.iife.min.js'), 'utf8'),
    readFile(join(folder, 'uPlot.min.css'), 'utf8'),
  ]);
  return { program, style };
}
