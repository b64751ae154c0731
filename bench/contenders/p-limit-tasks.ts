import pLimit from 'p-limit';
import type { TaskContender } from './task-contender';

export const pLimitTasks: TaskContender = async (items, concurrency, task) => {
  const limit = pLimit(concurrency);
  return (await Promise.all(Array.from(items, (item) => limit(task, item)))).length;
};
