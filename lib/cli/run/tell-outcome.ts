import type { RunSummary } from '../../index';
import type { Io } from '../io';
import { tellJson } from '../json-display';
import { count } from '../told';
import { resumeCommand } from './resume-command';
import type { RunOptions } from './run-options';
import { summaryText } from './summary-text';

/** What a run has come to. */
interface Outcome {
  readonly summary: RunSummary;
  readonly total: number;
  /** Why it stopped before its end. */
  readonly stopped: string | undefined;
  readonly isInterrupted: boolean;
}

/** Tells what became of a run, and how to go on. Gives the exit code. */
export function tellOutcome(outcome: Outcome, options: RunOptions, args: readonly string[], io: Io): number {
  const { summary, total, stopped, isInterrupted } = outcome;
  const code = isInterrupted ? 130 : summary.failed > 0 || summary.total < total ? 2 : 0;
  const resume = code === 0 ? undefined : resumeCommand(args);
  if (options.json) {
    tellJson(io, { type: 'end', code, out: options.out, requests: total, ...summary, stopped, resume });
    return code;
  }
  io.out(summaryText(summary, total, options.out));
  if (stopped !== undefined) io.err(`stopped: ${stopped}\n`);
  if (isInterrupted) io.err(`interrupted: ${count(total - summary.total)} of ${count(total)} are left\n`);
  if (resume !== undefined) io.err(`to go on: ${resume}\n`);
  return code;
}
