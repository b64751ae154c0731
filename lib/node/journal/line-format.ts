import type { Either } from 'fp-ts/Either';
import type { Entry, Recorded } from '../../bulk/journal';

/** What a line of a journal says. */
export interface ReadLine {
  readonly key: string;
  readonly occurrence: number;
  /** Whether it is that of a request that failed. */
  readonly isFailure: boolean;
  /** Made when it is wanted: most lines are only looked at for their key. */
  readonly result: () => Recorded;
}

/** How entries become lines of a file, and lines entries. */
export interface LineFormat {
  /** What every line begins with: a piece of a line that does not is not ours, and not to be cut off. */
  readonly start: string;
  /** What is written of an entry, to be made JSON of. */
  readonly toRecord: (entry: Entry) => unknown;
  /** What a parsed line says; `Left` why it is none: what it is instead, for an error message. Never shows what is in it. */
  readonly fromRecord: (record: unknown) => Either<string, ReadLine>;
}
