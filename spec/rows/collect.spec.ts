import { of } from 'rxjs';
import { collect } from '../../lib/rows/collect';
import { row } from '../support/row';

it.each([
  [undefined, [0, 1, 2]],
  [true, [0, 1, 2]],
  [false, [2, 0, 1]],
])('puts all rows in one array (preserveOrder %s)', (preserveOrder, expected) => {
  const seen: unknown[] = [];
  of(row(2, 'c'), row(0, 'a'), row(1, 'b'))
    .pipe(collect({ preserveOrder }))
    .subscribe((rows) => seen.push(rows.map(({ index }) => index)));
  expect(seen).toEqual([expected]);
});
