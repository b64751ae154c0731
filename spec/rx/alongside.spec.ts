import { TestScheduler } from 'rxjs/testing';
import { alongside } from '../../lib/rx/alongside';

it('keeps others subscribed while the source is; of them only errors are heard', () => {
  new TestScheduler((actual, expected) => {
    expect(actual).toEqual(expected);
  }).run(({ cold, hot, expectObservable, expectSubscriptions }) => {
    const source = cold(' -a-b-|');
    const other = hot('   x--x----');
    const subOther = '    ^----!';
    const brief = cold('  -|    ');
    const expected = '    -a-b-|';
    expectObservable(source.pipe(alongside(other, brief))).toBe(expected);
    expectSubscriptions(other.subscriptions).toBe(subOther);

    const failing = cold('--#   ', undefined, 'bad');
    expectObservable(source.pipe(alongside(failing))).toBe('-a#', undefined, 'bad');
    expectObservable(source.pipe(alongside())).toBe(expected);
  });
});
