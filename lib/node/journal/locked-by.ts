import { JournalError } from '../../bulk/journal-error';

/** Says who has a lock, and what to do. */
export function lockedBy(holder: string, file: string, path: string): JournalError {
  return new JournalError(
    'locked',
    `${path} is written to by ${holder}: wait for its end, or if there is no such run remove ${file}`,
  );
}
