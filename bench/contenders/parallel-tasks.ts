import { count, lastValueFrom } from 'rxjs';
import { parallel$ } from 'rx-fanout';
import type { TaskContender } from './task-contender';

/** `parallel$`: rows with index, outcome and timing, each let go when it is out. */
export const parallelTasks: TaskContender = (items, concurrency, task) => {
  const done$ = parallel$(items, { run: task, concurrency }).pipe(count(({ outcome }) => outcome._tag === 'Right'));
  return lastValueFrom(done$, { defaultValue: 0 });
};
