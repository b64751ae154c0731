import { Presets, SingleBar } from 'cli-progress';
import type { Observer } from 'rxjs';
import type { Progress } from 'rx-fanout';

const everyMs = 2000;

/** Shows a run's progress on stderr: a bar in a terminal, a plain line every two seconds elsewhere. */
export function progressDisplay(total: number): Partial<Observer<Progress>> & { readonly close: () => void } {
  return process.stderr.isTTY ? bar(total) : lines(total);
}

function bar(total: number): ReturnType<typeof progressDisplay> {
  const format = '  {bar} {told}';
  const display = new SingleBar({ format, barsize: 24, hideCursor: true, clearOnComplete: false }, Presets.rect);
  display.start(total, 0, { told: '' });
  const close = (): void => {
    display.stop();
  };
  return {
    next: (progress) => {
      display.update(progress.done, { told: told(progress, total) });
    },
    complete: close,
    close,
  };
}

function lines(total: number): ReturnType<typeof progressDisplay> {
  let nextAt = 0;
  return {
    next: (progress) => {
      if (performance.now() < nextAt && progress.done < total) return;
      nextAt = performance.now() + everyMs;
      console.error(`  ${told(progress, total)}`);
    },
    close: () => undefined,
  };
}

function told({ done, failed, inFlight, waiting, retries, tokens, etaMs }: Progress, total: number): string {
  const facts = [
    `${String(done)}/${String(total)}`,
    `${String(failed)} failed`,
    `${String(inFlight)} in flight (${String(waiting)} waiting)`,
    `${String(retries)} retries`,
    `${String(tokens)} tokens`,
  ];
  if (etaMs !== undefined && done < total) facts.push(`${String(Math.ceil(etaMs / 1000))} s left`);
  return facts.join(' | ');
}
