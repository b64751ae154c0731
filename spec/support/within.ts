import { until } from './until';

/** What the promise gives; fails, saying what was waited for, when that does not come within `turns`, as `until` counts them. */
export async function within<T>(turns: number, what: string, promise: Promise<T>): Promise<T> {
  let isSettled = false;
  const settle = (): void => void (isSettled = true);
  void promise.then(settle, settle);
  await until(what, () => isSettled, turns);
  return promise;
}
