import { type TaskContenderName, taskContenders } from './contenders/task-contenders';
import { serveLoads } from './measure/serve-loads';

const contender = await taskContenders[process.argv[2] as TaskContenderName]();
// eslint-disable-next-line @typescript-eslint/require-await -- a task that resolves in a microtask, and does nothing else
const task = async (item: number): Promise<number> => item;

serveLoads(({ items: length, concurrency }) => {
  const items = [...Array(length).keys()];
  return () => contender(items, concurrency, task);
});
