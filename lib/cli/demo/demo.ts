import { lastValueFrom, takeUntil, toArray } from 'rxjs';
import { createRouter, type RouterEvent } from '../../index';
import { targetConfig, type TargetOptions } from '../config/target-config';
import { display } from '../display';
import type { Io } from '../io';
import { UsageError } from '../usage-error';
import { feedbackRequests } from './feedback';
import { simulatedProviders, type Providers } from './providers';
import { answersText, deploymentsText, type Row, timeText } from './report';

export interface DemoOptions extends Pick<TargetOptions, 'model' | 'baseUrl'> {
  readonly concurrency: number;
  readonly limit: number;
}

/**
 * The command `demo`: many texts, several deployments, one Observable. Resolves to the exit code: 0 all answered, 1 the provider refuses us,
 * 2 some failed, 130 interrupted.
 *
 * @param texts the file with the 200 texts
 */
export async function demo(options: DemoOptions, texts: URL, io: Io): Promise<number> {
  const requests = await feedbackRequests(texts, options.limit);
  const providers = options.model === undefined ? await simulated(options) : await real(options, io);
  const { parallel$, events$, snapshot, close } = createRouter({ deployments: providers.deployments });
  const events: RouterEvent[] = [];
  events$.subscribe((event) => events.push(event)); // eslint-disable-line rxjs-x/no-ignored-error -- it has none
  io.out(`${String(requests.length)} texts, ${String(options.concurrency)} at a time, over ${providers.title}\n`);

  const shown = display(requests.length, io);
  const startedAt = performance.now();
  const rows = await lastValueFrom(
    parallel$(requests, { concurrency: options.concurrency, progress: shown.next }).pipe(
      takeUntil(io.interrupts$),
      toArray(),
    ),
    { defaultValue: [] },
  );
  const makespanMs = performance.now() - startedAt;
  shown.close();
  close();
  await providers.close();

  rows.sort((a, b) => a.index - b.index);
  const isInterrupted = rows.length < requests.length;
  const refusal = refusalOf(rows);
  if (refusal !== undefined) {
    io.err(`nothing was answered: ${refusal}\n`);
    return 1;
  }
  if (isInterrupted) io.out(`interrupted: ${String(rows.length)} of ${String(requests.length)} finished\n`);
  io.out(answersText(rows));
  io.out(deploymentsText(snapshot(), rows, events));
  io.out(timeText(rows, makespanMs));
  if (isInterrupted) return 130;
  return rows.some(({ outcome }) => outcome._tag === 'Left') ? 2 : 0;
}

function simulated({ baseUrl }: DemoOptions): Promise<Providers> {
  if (baseUrl !== undefined) throw new UsageError('--model is missing: a real provider needs --base-url and --model');
  return simulatedProviders();
}

async function real(options: DemoOptions, io: Io): Promise<Providers> {
  const { deployments } = await targetConfig(options, io);
  const title = `${options.model ?? ''}${options.baseUrl === undefined ? '' : ` at ${options.baseUrl}`}`;
  return { title, deployments, close: () => Promise.resolve() };
}

/** When every row failed, and alike, the first failure says it all. */
function refusalOf(rows: readonly Row[]): string | undefined {
  const errors = rows.flatMap(({ outcome }) => (outcome._tag === 'Left' ? [outcome.left] : []));
  const [first] = errors;
  return errors.length === rows.length && errors.every(({ _tag }) => _tag === first?._tag) ? first?.message : undefined;
}
