/** Does what waits on timers and on sockets with a clock that goes by 10 ms as soon as what was sent has arrived, for `ms`: no machine is too slow for it. */
export async function inSteps<T>(ms: number, work: () => Promise<T>): Promise<T> {
  jest.useFakeTimers({ doNotFake: ['nextTick', 'queueMicrotask', 'setImmediate'] });
  try {
    const done = work();
    done.catch(() => undefined); // it is told of when the time is over
    for (let at = 0; at < ms; at += 10) {
      for (let turn = 0; turn < 20; turn++) await new Promise(setImmediate);
      jest.advanceTimersByTime(10);
    }
    return await done;
  } finally {
    jest.useRealTimers();
  }
}
