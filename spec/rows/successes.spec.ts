import { of, toArray } from 'rxjs';
import { successes } from '../../lib/rows/successes';
import { row } from '../support/row';

it('lets the rows of successes through, whole', () => {
  const [first, second, third] = [row(0, 'a'), row(1, '!bad'), row(2, 'c')];
  const seen: unknown[] = [];
  of(first, second, third)
    .pipe(successes(), toArray())
    .subscribe((rows) => {
      seen.push(...rows);
      const answers: readonly string[] = rows.map(({ outcome }) => outcome.right);
      expect(answers).toEqual(['a', 'c']);
    });
  expect(seen).toEqual([first, third]);
  expect(seen[0]).toBe(first);
});
