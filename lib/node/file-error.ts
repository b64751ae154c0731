import { types } from 'node:util';
import { JournalError, type JournalProblem } from '../bulk/journal-error';

/** What to do about it; what is not listed says enough by itself. */
const remedies: Readonly<Record<string, string>> = {
  ENOENT: 'its folder does not exist: make it first',
  EISDIR: 'it is a folder: name a file',
  ENOTDIR: 'a part of its path is no folder',
  EACCES: 'its rights do not allow it',
  EPERM: 'its rights do not allow it',
  EROFS: 'the file system is read-only',
  ENOSPC: 'the disk is full: make room and go on, what was written is kept',
  EDQUOT: 'the quota is used up: make room and go on, what was written is kept',
  EFBIG: 'the file may grow no further: make room and go on, what was written is kept',
  EMFILE: 'this process has too many files open: raise its limit (ulimit -n)',
};

/** What the file system says of a journal, in one line with the remedy. */
export function fileError(problem: JournalProblem, path: string, reason: unknown): JournalError {
  const code = codeOf(reason);
  const said = types.isNativeError(reason) ? reason.message : String(reason);
  const remedy = code === undefined ? said : `${code}${remedies[code] === undefined ? '' : `: ${remedies[code]}`}`;
  return new JournalError(
    problem,
    `${path} cannot be ${problem === 'unreadable' ? 'read' : 'written'} (${remedy})`,
    code,
  );
}

/** The code of a file system's error. */
export function codeOf(reason: unknown): string | undefined {
  return types.isNativeError(reason) ? (reason as { readonly code?: string }).code : undefined; // `instanceof` knows only those of its own realm
}
