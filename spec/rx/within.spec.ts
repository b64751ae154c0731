import { asyncScheduler, of } from 'rxjs';
import { within } from '../../lib/rx/within';
import { inVirtualTime } from '../support/in-virtual-time';

const late = (isFirst: boolean) => (isFirst ? 'no beginning' : 'silence');
const clocks = { firstMs: 5, eachMs: 3, paused$: of(false), now: () => asyncScheduler.now() };

describe('within', () => {
  it('lets pass what comes in time', () => {
    inVirtualTime(({ cold, expectObservable, expectSubscriptions }) => {
      const source = cold('----a--b--|');
      const subs = '       ^---------!';
      const expected = '   ----a--b--|';
      expectObservable(source.pipe(within(clocks, late))).toBe(expected);
      expectSubscriptions(source.subscriptions).toBe(subs);
    });
  });

  it('errors when nothing comes, and lets go of the source', () => {
    inVirtualTime(({ cold, expectObservable, expectSubscriptions }) => {
      const source = cold('-------a|');
      const subs = '       ^----!';
      const expected = '   -----#';
      expectObservable(source.pipe(within(clocks, late))).toBe(expected, undefined, 'no beginning');
      expectSubscriptions(source.subscriptions).toBe(subs);
    });
  });

  it('errors when silence follows a value, before the end too', () => {
    inVirtualTime(({ cold, expectObservable, expectSubscriptions }) => {
      const source = cold('-a-b----|');
      const subs = '       ^-----!';
      const expected = '   -a-b--#';
      expectObservable(source.pipe(within(clocks, late))).toBe(expected, undefined, 'silence');
      expectSubscriptions(source.subscriptions).toBe(subs);
    });
  });

  it('stands still while the reader pauses, and begins anew afterwards', () => {
    inVirtualTime(({ cold, hot, expectObservable }) => {
      const source = cold('-a---------------b|');
      const paused = hot(' f-t-----------f', { f: false, t: true });
      const expected = '   -a---------------b|';
      expectObservable(source.pipe(within({ ...clocks, eachMs: 4, paused$: paused }, late))).toBe(expected);
    });
  });

  it('sets one timer for many values, and again when it was too early', () => {
    inVirtualTime(({ cold, expectObservable }) => {
      const source = cold('abcdefghijklmn----|');
      const expected = '   abcdefghijklmn--#';
      expectObservable(source.pipe(within({ ...clocks, eachMs: 3 }, late))).toBe(expected, undefined, 'silence');
    });
  });

  it('has no clock at Infinity', () => {
    inVirtualTime(({ cold, expectObservable }) => {
      const source = cold('1h a 1h |');
      expectObservable(source.pipe(within({ ...clocks, firstMs: Infinity, eachMs: Infinity }, late))).toBe('1h a 1h |');
    });
  });
});
