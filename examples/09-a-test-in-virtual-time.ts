// A test of code that uses the router: the provider answers from a script, and a back-off of seconds takes no time at all.
import { deepStrictEqual } from 'node:assert';
import { map } from 'rxjs';
import { TestScheduler } from 'rxjs/testing';
import { createRouter, text } from 'rx-fanout';
import { fakeProvider, virtualTime } from 'rx-fanout/testing';

const scheduler = new TestScheduler((actual, expected) => {
  deepStrictEqual(actual, expected);
});

scheduler.run(({ expectObservable }) => {
  const fake = fakeProvider([
    { status: 500 },
    { status: 429, headers: { 'retry-after': '2' } },
    { afterMs: 20, text: 'a cherry' },
  ]);
  const { completion$ } = createRouter({ ...virtualTime, deployments: [{ group: 'fast', ...fake }] });

  // 500 ms of back-off after the 500, 2 s as the 429 asks, 20 ms for the answer
  expectObservable(completion$('Name a red fruit').pipe(map(text))).toBe('2520ms (a|)', { a: 'a cherry' });
});

console.log('ok: two failures, then an answer after 2520 ms of virtual time');
