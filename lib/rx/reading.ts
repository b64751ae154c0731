import { BehaviorSubject, distinctUntilChanged, map, Subject, type Observable } from 'rxjs';
import { createQueue } from './queue';

/** Keeps count of what was emitted and what of it has been read. */
export interface Reading {
  /** To be called as each value is emitted; `isRow`: `rowRead$` is to tell when it has been read. */
  readonly emitted: (isRow: boolean) => void;
  /** To be called for each value that has been read: they are read in the order in which they were emitted. */
  readonly read: () => void;
  readonly rowRead$: Observable<void>;
  /** Whether so many values wait to be read that no more should come for now. */
  readonly paused$: Observable<boolean>;
}

/** From so many unread values on the sources pause, until half of them are read. */
const most = 256;

export function reading(): Reading {
  const unread = createQueue<{ readonly isRow: boolean }>();
  const rowRead = new Subject<void>();
  const paused = new BehaviorSubject(false);
  return {
    emitted: (isRow) => {
      unread.push({ isRow });
      if (!paused.value && unread.size() >= most) paused.next(true);
    },
    read: () => {
      if (unread.shift()?.isRow === true) rowRead.next();
      if (paused.value && unread.size() <= most / 2) paused.next(false);
    },
    rowRead$: rowRead,
    // What goes on may bring so much at once that all must pause, while others have yet to be told to go on: they are told how it stands.
    paused$: paused.pipe(
      map(() => paused.value),
      distinctUntilChanged(),
    ),
  };
}
