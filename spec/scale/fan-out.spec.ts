import { count, from, lastValueFrom, type Observable, type ObservableInput, of } from 'rxjs';
import { parallel$ } from '../../lib/parallel';
import type { ParallelRunOptions } from '../../lib/parallel-options';
import type { Requests } from '../../lib/rx/source/to-source';
import { collectGarbage } from '../support/collect-garbage';
import { hundredfold } from '../support/hundredfold';

function heapMb(): number {
  collectGarbage();
  return process.memoryUsage().heapUsed / 2 ** 20;
}

function* numbers(count: number): Generator<number> {
  for (let i = 0; i < count; i++) yield i;
}

const countRows = (
  requests: Requests<number>,
  run: (n: number) => ObservableInput<number> & object,
  options: Omit<ParallelRunOptions<number, number>, 'run'> = {},
): Promise<number> => lastValueFrom(parallel$(requests, { run, ...options }).pipe(count()), { defaultValue: NaN });

const million = 1_000_000;
const promised = (n: number): Promise<number> => Promise.resolve(n);
const synchronous = (n: number): Observable<number> => of(n);

describe('a million requests', () => {
  it.each([
    ['as they finish', {}],
    ['in input order', { order: 'input' as const }],
  ])('are held a few at a time: the heap does not grow (%s)', async (_, options) => {
    await countRows(numbers(10_000), promised, { concurrency: 64, ...options });
    const before = heapMb();
    let most = before;
    function* watched(): Generator<number> {
      for (const n of numbers(million)) {
        if (n % 250_000 === 249_999) most = Math.max(most, heapMb());
        yield n;
      }
    }
    expect(await countRows(watched(), promised, { concurrency: 64, ...options })).toBe(million);
    expect(most - before).toBeLessThan(20);
    expect(heapMb() - before).toBeLessThan(20);
  });

  it.each([
    ['from an iterable', 1, () => numbers(million)],
    ['from an iterable', 64, () => numbers(million)],
    ['from an iterable', Infinity, () => numbers(million)],
    ['from an Observable', 8, () => from(numbers(million))],
  ])('may all be answered synchronously (%s, concurrency %d)', async (_, concurrency, requests) => {
    expect(await countRows(requests(), synchronous, { concurrency })).toBe(million);
  });
});

describe('time is linear in the number of requests', () => {
  it.each([
    ['waiting in the queue of an Observable', 2000, 8, (count: number) => from(numbers(count))],
    ['all in flight at once', 1000, Infinity, (count: number) => numbers(count)],
  ])('%s', async (_, few, concurrency, requests) => {
    const run = (count: number) => countRows(requests(count), promised, { concurrency });
    expect(await hundredfold(few, run)).toBeLessThan(1000);
  });
});

it('opens no more lanes than there are requests', async () => {
  expect(await countRows([1, 2], synchronous, { concurrency: 1e12 })).toBe(2);
});
