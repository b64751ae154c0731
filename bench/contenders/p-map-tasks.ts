import pMap from 'p-map';
import type { TaskContender } from './task-contender';

export const pMapTasks: TaskContender = async (items, concurrency, task) =>
  (await pMap(items, task, { concurrency })).length;
