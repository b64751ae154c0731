import { of, Subject } from 'rxjs';
import { parallel$ } from '../../../lib/parallel';
import { allOf } from '../../support/all-of';

type Step = IteratorResult<string, undefined>;

/** An iterator written by hand, whose answers come when the spec says. */
function byHand(): {
  readonly input: AsyncIterable<string>;
  readonly calls: { readonly answer: (step: Step) => void; readonly refuse: (reason: unknown) => void }[];
  readonly returned: () => number;
  /** Whether the rejection of `return()` has been taken care of. */
  readonly handled: () => boolean;
} {
  const calls: { answer: (step: Step) => void; refuse: (reason: unknown) => void }[] = [];
  let returned = 0;
  let handled = false;
  const iterator: AsyncIterator<string, undefined> = {
    next: () =>
      new Promise((answer, refuse) => {
        calls.push({ answer, refuse });
      }),
    return: () => {
      returned++;
      const refused = Promise.reject<Step>(new Error('the clean-up failed'));
      const then = refused.then.bind(refused);
      refused.then = (answer, refuse) => {
        handled = typeof refuse === 'function';
        return then(answer, refuse);
      };
      return refused;
    },
  };
  return { input: { [Symbol.asyncIterator]: () => iterator }, calls, returned: () => returned, handled: () => handled };
}
const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
const value = (text: string): Step => ({ value: text, done: false });
const end: Step = { value: undefined, done: true };

describe('an async iterable', () => {
  it('is asked by each free lane at once; an item has the index of its call, whenever its answer comes', async () => {
    const { input, calls } = byHand();
    const rows = allOf(parallel$(input, { run: (s) => of(s), concurrency: 3 }));
    expect(calls).toHaveLength(3);
    calls[1]?.answer(value('b'));
    await turn();
    expect(calls).toHaveLength(4);
    calls[3]?.answer(end);
    calls[2]?.answer(end);
    calls[0]?.answer(value('a'));
    expect((await rows).map(({ index, request }) => [index, request])).toEqual([
      [1, 'b'],
      [0, 'a'],
    ]);
  });

  it('is closed when the run is left, though return() rejects and calls are open', async () => {
    const { input, calls, returned, handled } = byHand();
    const seen: unknown[] = [];
    const subscription = parallel$(input, { run: (s) => of(s), concurrency: 2 }).subscribe((row) => seen.push(row));
    subscription.unsubscribe();
    expect(returned()).toBe(1);
    calls[0]?.answer(value('late'));
    calls[1]?.refuse(new Error('late'));
    await turn();
    expect(seen).toEqual([]);
    expect(handled()).toBe(true);
  });

  it('is closed when the signal was aborted before it could be asked', () => {
    const { input, calls, returned } = byHand();
    const errors: unknown[] = [];
    const run$ = parallel$(input, { run: (s) => of(s), signal: AbortSignal.abort('no') });
    run$.subscribe({ error: (reason: unknown) => errors.push(reason) });
    expect(errors).toEqual(['no']);
    expect(calls).toEqual([]);
    expect(returned()).toBe(1);
  });

  it('ends the run at stopTaking though a call is open', () => {
    const { input, returned } = byHand();
    const stopTaking = new Subject<void>();
    let completed = false;
    parallel$(input, { run: (s) => of(s), stopTaking }).subscribe({ complete: () => (completed = true) });
    stopTaking.next();
    expect(completed).toBe(true);
    expect(returned()).toBe(1);
  });

  it('is an error of the run when it rejects, throws, or answers with nonsense; return() is not called', async () => {
    const run = async (input: AsyncIterable<string>): Promise<unknown> =>
      allOf(parallel$(input, { run: (s) => of(s), concurrency: 1 })).catch((reason: unknown) => reason);
    const rejecting = byHand();
    const rejected = run(rejecting.input);
    rejecting.calls[0]?.refuse(new Error('rejected'));
    expect(await rejected).toEqual(new Error('rejected'));
    expect(rejecting.returned()).toBe(0);

    const throwing = { [Symbol.asyncIterator]: () => ({ next: () => raise(new Error('thrown')) }) };
    expect(await run(throwing)).toEqual(new Error('thrown'));

    const nonsense = byHand();
    const failed = run(nonsense.input);
    nonsense.calls[0]?.answer(undefined as never);
    expect(await failed).toBeInstanceOf(TypeError);
  });
});

const raise = (reason: unknown): never => {
  throw reason;
};
