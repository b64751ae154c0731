import type { TaskContender } from './task-contender';

/** Loaded one at a time: each runs in a process of its own, so that none spoils the compiled code of another. */
export const taskContenders = {
  'promise pool, by hand': async () => (await import('./promise-pool')).promisePool,
  parallel$: async () => (await import('./parallel-tasks')).parallelTasks,
  gather$: async () => (await import('./gather-tasks')).gatherTasks,
  'p-map': async () => (await import('./p-map-tasks')).pMapTasks,
  'p-limit': async () => (await import('./p-limit-tasks')).pLimitTasks,
  'from + mergeMap': async () => (await import('./merge-map-tasks')).mergeMapTasks,
} satisfies Readonly<Record<string, () => Promise<TaskContender>>>;

export type TaskContenderName = keyof typeof taskContenders;
