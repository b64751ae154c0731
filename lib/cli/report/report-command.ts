import type { Io } from '../io';
import { checkInput } from '../run/check-files';
import { outputThere } from '../run/output-there';
import { UsageError } from '../usage-error';
import { plotLibrary } from './plot-library';
import { writeReport } from './write-report';

export interface ReportOptions {
  readonly out: string;
  readonly force: boolean;
}

/**
 * The command `report`. Resolves to the exit code.
 *
 * @param plots the folder of the plot library
 */
export async function reportCommand(
  results: string,
  { out, force }: ReportOptions,
  plots: string,
  io: Io,
): Promise<number> {
  await checkInput(results);
  const there = await outputThere(out, results, { from: 'results themselves', example: ', e.g. report.html' });
  if (there !== undefined && !force) throw new UsageError(`${out} exists: --force writes over it`);
  await writeReport(results, out, await plotLibrary(plots));
  io.out(`${out} shows what ${results} has\n`);
  return 0;
}
