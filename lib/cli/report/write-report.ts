import { basename } from 'node:path';
import { readLines } from '../../node/batch/read-lines';
import { replaced } from '../run/replaced';
import { UsageError } from '../usage-error';
import { finder } from './findings';
import { page } from './page';
import type { PlotLibrary } from './plot-library';
import { resultLine } from './result-line';

/**
 * Reads the results of a run and writes a page about them: one file, which loads nothing. It holds neither prompts nor answers. Rejects when
 * a line is not ours.
 */
export async function writeReport(results: string, to: string, plots: PlotLibrary): Promise<void> {
  const { add, found } = finder(numbers());
  const notes: string[] = [];
  for await (const lines of readLines(results)) {
    for (const { text, number, isWhole } of lines) {
      const line = isWhole ? resultLine(text) : undefined;
      if (line !== undefined) add(line);
      else if (isWhole)
        throw new UsageError(`${results}: line ${String(number)} is not the output of a run of rx-fanout`);
      else notes.push('The last line is not whole: the run was killed, or is still under way.');
    }
  }
  const html = page(basename(results), found(), notes, plots);
  await replaced(to, (file) => file.writeFile(html), 0o644); // to be shown around: nobody's words are in it
}

/** The same file makes the same page: which calls are shown does not change. (Park and Miller's generator.) */
function numbers(): () => number {
  let state = 20_261_127;
  return () => (state = (state * 48_271) % 2_147_483_647) / 2_147_483_647;
}
