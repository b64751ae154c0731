// The main job: many texts, several deployments, one Observable. `npm start` runs it; `npm start -- --help` says more.
import { fromEvent, lastValueFrom, takeUntil, toArray } from 'rxjs';
import { createRouter, type RouterEvent } from 'rx-fanout';
import { feedbackRequests } from './feedback';
import { demoOptions, usage, type DemoOptions } from './options';
import { progressDisplay } from './progress-display';
import { openProviders } from './providers';
import { printAnswers, printDeployments, printTime, type Row } from './report';

/** Gives the exit code: 0 all answered, 1 the provider refuses us, 2 some failed, 130 interrupted. */
async function main(options: DemoOptions): Promise<number> {
  const requests = feedbackRequests(options.limit);
  const providers = await openProviders(options);
  const { parallel$, events$, snapshot, close } = createRouter({ deployments: providers.deployments });
  const events: RouterEvent[] = [];
  events$.subscribe((event) => events.push(event));
  console.log(`${String(requests.length)} texts, ${String(options.concurrency)} at a time, over ${providers.title}`);

  const interrupt$ = fromEvent(process, 'SIGINT');
  const progress = progressDisplay(requests.length);
  const startedAt = performance.now();
  const rows = await lastValueFrom(
    parallel$(requests, { concurrency: options.concurrency, progress }).pipe(takeUntil(interrupt$), toArray()),
  );
  const makespanMs = performance.now() - startedAt;
  progress.close();
  close();
  await providers.close();

  rows.sort((a, b) => a.index - b.index);
  const isInterrupted = rows.length < requests.length;
  const refusal = refusalOf(rows);
  if (refusal !== undefined) {
    console.error(`nothing was answered: ${refusal}`);
    return 1;
  }
  if (isInterrupted) console.log(`interrupted: ${String(rows.length)} of ${String(requests.length)} finished`);
  printAnswers(rows);
  printDeployments(snapshot(), rows, events);
  printTime(rows, makespanMs);
  if (isInterrupted) return 130;
  return rows.some(({ outcome }) => outcome._tag === 'Left') ? 2 : 0;
}

/** When every row failed, and alike, the first failure says it all. */
function refusalOf(rows: readonly Row[]): string | undefined {
  const errors = rows.flatMap(({ outcome }) => (outcome._tag === 'Left' ? [outcome.left] : []));
  const [first] = errors;
  return errors.length === rows.length && errors.every(({ _tag }) => _tag === first?._tag) ? first?.message : undefined;
}

/** A wrong option, ours or the library's, is one line and the usage: nothing was sent. */
async function demo(): Promise<number> {
  try {
    const options = demoOptions(process.argv.slice(2), process.env);
    if (options !== undefined) return await main(options);
    console.log(usage);
    return 0;
  } catch (error) {
    console.error(`${error instanceof Error ? error.message : String(error)}\n\n${usage}`);
    return 1;
  }
}

process.exitCode = await demo();
