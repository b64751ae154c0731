import { filter, map, Subject } from 'rxjs';
import { TestScheduler } from 'rxjs/testing';
import { inOrder } from '../../lib/rx/in-order';

const rows = Object.fromEntries([0, 1, 2, 3].map((index) => [String(index), { index }]));
const scheduler = (): TestScheduler =>
  new TestScheduler((actual, expected) => {
    expect(actual).toEqual(expected);
  });

describe('inOrder', () => {
  it('emits each row as soon as all before it are out', () => {
    scheduler().run(({ cold, expectObservable, expectSubscriptions }) => {
      const source = cold('2-1-0----3|', rows);
      const subSource = '  ^---------!';
      const expected = '   ----(012)3|';
      expectObservable(source.pipe(inOrder())).toBe(expected, rows);
      expectSubscriptions(source.subscriptions).toBe(subSource);
    });
  });

  it('emits those whose predecessors never come at the end, in order', () => {
    scheduler().run(({ cold, expectObservable }) => {
      const source = cold('3-2-0-|     ', rows);
      const expected = '   ----0-(23|) ';
      expectObservable(source.pipe(inOrder())).toBe(expected, rows);
    });
  });

  it('loses no further row of an index: it passes at once', () => {
    scheduler().run(({ cold, expectObservable }) => {
      const again = { ...rows, a: { index: 0, again: true }, c: { index: 2, again: true } };
      const source = cold('2-c-0-a-1---3|', again);
      const expected = '   --c-0-a-(12)3|';
      expectObservable(source.pipe(inOrder())).toBe(expected, again);
    });
  });

  it('passes errors on at once, and unsubscribes', () => {
    scheduler().run(({ cold, expectObservable, expectSubscriptions }) => {
      const failing = cold('1-#', rows);
      expectObservable(failing.pipe(inOrder())).toBe('--#');
      const left = cold(' 0---1|', rows);
      const unsub = '     --!   ';
      expectObservable(left.pipe(inOrder()), unsub).toBe('0--', rows);
      expectSubscriptions(left.subscriptions).toBe('^-!');
    });
  });

  it('keeps the order when a row arrives while another is being read', () => {
    const source = new Subject<{ readonly index: number }>();
    const seen: number[] = [];
    source
      .pipe(
        inOrder(),
        filter(() => true),
        map(({ index }) => index),
      )
      .subscribe({
        next: (index) => {
          seen.push(index);
          if (index === 0) source.next({ index: 2 });
          if (index === 1) {
            source.next({ index: 3 });
            source.complete();
          }
        },
        complete: () => seen.push(-1),
      });
    source.next({ index: 1 });
    source.next({ index: 0 });
    expect(seen).toEqual([0, 1, 2, 3, -1]);
  });
});
