/** Why a journal could not be used, or went on no longer. */
export type JournalProblem = 'locked' | 'damaged' | 'version' | 'unreadable' | 'unwritable';

/** The journal of a run failed. What was written before stays readable; nothing new is sent. */
export class JournalError extends Error {
  /**
   * `locked`: another run writes to it; `damaged`: a line in the middle is not whole; `version`: it was written by another version of
   * this package, or is something else; `unreadable`, `unwritable`: the file system says so, see `code`.
   */
  readonly problem: JournalProblem;
  /** The file system's own, e.g. `ENOSPC`. */
  readonly code: string | undefined;

  constructor(problem: JournalProblem, message: string, code?: string) {
    super(message);
    this.name = 'JournalError';
    this.problem = problem;
    this.code = code;
  }
}

/** Whether a value is a `JournalError`, of this copy of the package or another. */
export function isJournalError(value: unknown): value is JournalError {
  return value instanceof Error && value.name === 'JournalError' && 'problem' in value;
}
