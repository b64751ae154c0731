import { of, toArray } from 'rxjs';
import { failures } from '../../lib/rows/failures';
import { row } from '../support/row';

it('lets the rows of failures through, whole', () => {
  const [first, second] = [row(0, 'a'), row(1, '!bad')];
  const seen: unknown[] = [];
  of(first, second)
    .pipe(failures(), toArray())
    .subscribe((rows) => {
      seen.push(...rows);
      const reasons: readonly string[] = rows.map(({ outcome }) => outcome.left);
      expect(reasons).toEqual(['bad']);
    });
  expect(seen).toEqual([second]);
  expect(seen[0]).toBe(second);
});
