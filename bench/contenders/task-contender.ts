/** Does a task for every item, `concurrency` at a time; resolves to how many are done. */
export type TaskContender = (
  items: Iterable<number>,
  concurrency: number,
  task: (item: number) => Promise<number>,
) => Promise<number>;
