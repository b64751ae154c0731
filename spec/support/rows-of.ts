import type { Observable } from 'rxjs';
import { inVirtualTime } from './in-virtual-time';

/** Everything that a stream emits, in virtual time, to its end; an error of the stream fails the spec. */
export function rowsOf<Row>(make: () => Observable<Row>): readonly Row[] {
  const rows: Row[] = [];
  let ended = false;
  inVirtualTime(({ flush }) => {
    make().subscribe({
      next: (row) => rows.push(row),
      complete: () => {
        ended = true;
      },
    });
    flush();
  });
  expect(ended).toBe(true);
  return rows;
}
