import { count, from, lastValueFrom, mergeMap } from 'rxjs';
import type { TaskContender } from './task-contender';

export const mergeMapTasks: TaskContender = (items, concurrency, task) =>
  lastValueFrom(from(items).pipe(mergeMap(task, concurrency), count()), { defaultValue: 0 });
