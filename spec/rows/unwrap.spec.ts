import { TestScheduler } from 'rxjs/testing';
import { unwrap } from '../../lib/rows/unwrap';
import { row } from '../support/row';

it('gives the bare answers; the first failure is the error and ends the source', () => {
  new TestScheduler((actual, expected) => {
    expect(actual).toEqual(expected);
  }).run(({ cold, expectObservable, expectSubscriptions }) => {
    const rows = cold('a-b-c-|', { a: row(0, 'a'), b: row(1, '!bad'), c: row(2, 'c') });
    const subRows = '  ^-!    ';
    const expected = ' a-#    ';
    expectObservable(rows.pipe(unwrap())).toBe(expected, undefined, 'bad');
    expectSubscriptions(rows.subscriptions).toBe(subRows);
  });
});
