import { lastValueFrom } from 'rxjs';
import { gather$ } from 'rx-fanout';
import type { TaskContender } from './task-contender';

/** `gather$`: all rows in one array, in input order. */
export const gatherTasks: TaskContender = async (items, concurrency, task) =>
  (await lastValueFrom(gather$(items, { run: task, concurrency }), { defaultValue: [] })).length;
