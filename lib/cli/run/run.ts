import { existsSync } from 'node:fs';
import { lastValueFrom, takeUntil, tap } from 'rxjs';
import { createRouter, isJournalError, type RunSummary, summarize } from '../../index';
import { batchJournal } from '../../node/index';
import { targetConfig } from '../config/target-config';
import { display, type Display } from '../display';
import { countRows } from '../input/count-rows';
import { firstOf } from '../input/first-of';
import { readInput } from '../input/read-input';
import type { Io } from '../io';
import { jsonDisplay } from '../json-display';
import { count } from '../told';
import { UsageError } from '../usage-error';
import { beginAnew } from './begin-anew';
import { checkFiles } from './check-files';
import { checkSameRun } from './check-same-run';
import { dropFailed } from './drop-failed';
import { inputPlaces } from './input-places';
import { interruptions } from './interruptions';
import { putInOrder } from './put-in-order';
import { resumeCommand } from './resume-command';
import type { RunOptions } from './run-options';
import { stopReason } from './stop-reason';
import { tellOutcome } from './tell-outcome';

/** So many rows must be there before the share of failures says anything. */
const leastRows = 100;

/**
 * The command `run`: every request of a file, its answers in another. Resolves to the exit code: 0 all answered; 2 some failed, or were not
 * sent; 130 interrupted.
 *
 * @param args the command line, to say how to go on
 */
export async function run(input: string, options: RunOptions, args: readonly string[], io: Io): Promise<number> {
  const { out, limit = Infinity } = options;
  await checkFiles({ ...options, input });
  const all = readInput(input, options);
  const requests = firstOf(limit, all);
  const config = await targetConfig(options, io);
  const keyed = { requests: all, config, tag: options.tag };
  const router = createRouter(config);
  const screen: { shown?: Display } = {};
  let stopped: string | undefined;
  const interrupts = interruptions(io, (line) => screen.shown?.note(line));
  const rows$ = router.parallel$(requests, {
    concurrency: options.concurrency,
    journal: batchJournal(out, { fsync: options.fsync }),
    dedupe: options.dedupe,
    tag: options.tag,
    budget: options.maxUsd === undefined ? undefined : { usd: options.maxUsd },
    maxErrorRate: { ratio: options.maxErrorRate, minimum: leastRows },
    stopTaking: interrupts.stop$,
    progress: (progress) => screen.shown?.next(progress),
  });

  // Nothing was written or sent so far.
  const total = Math.min(await countRows(input), limit);
  if (options.force && existsSync(out)) await beginAnew(out);
  if (options.resume && existsSync(out)) {
    await checkSameRun(out, keyed);
    await dropFailed(out);
  }
  const shown = options.json ? jsonDisplay(total, io) : display(total, io);
  screen.shown = shown;
  try {
    const summary$ = rows$.pipe(
      takeUntil(interrupts.abort$), // eslint-disable-line rxjs-x/no-unsafe-takeuntil -- what was done until then is summed up
      tap((row) => {
        stopped ??= stopReason(row);
      }),
      summarize(),
    );
    const summary = await lastValueFrom(summary$); // eslint-disable-line rxjs-x/no-ignored-default-value -- it always gives one
    shown.close();
    const isInterrupted = interrupts.came() && summary.total < total;
    if (options.order && !isInterrupted) await putInOrder(out, options.resume ? await inputPlaces(keyed) : undefined);
    if (!interrupts.came() && summary.total < total) stopped ??= tooManyFailed(summary, options.maxErrorRate);
    return tellOutcome({ summary, total, stopped, isInterrupted }, options, args, io);
  } catch (reason) {
    throw wantsRoom(reason) ? new UsageError(`${reason.message}: ${resumeCommand(args)}`) : reason;
  } finally {
    shown.close();
    router.close();
  }
}

/** Of what was written nothing is lost, and there is a way to go on. */
function wantsRoom(reason: unknown): reason is Error {
  return isJournalError(reason) && ['ENOSPC', 'EDQUOT', 'EFBIG'].includes(reason.code ?? '');
}

/** Of an input that is read as it is taken no row says so: what is left was not taken. */
function tooManyFailed({ byTag }: RunSummary, rate: number): string {
  const kinds = Object.entries(byTag).map(([tag, n]) => `${tag} ${count(n)}`);
  return `more than ${String(rate)} of the requests failed (${kinds.join(', ')}): --max-error-rate`;
}
