import type { Tag } from '../domain/error';

/** One row of a vendor's table of failures: the first row whose every given column fits decides. */
export interface ErrorRule {
  readonly tag: Tag;
  /** One of these is among the codes and types of the body (compared in lower case). */
  readonly codes?: readonly string[];
  /** The message of the body says one of these. */
  readonly says?: readonly RegExp[];
  /** The status is one of these; in a 200 with an `error` object the status that the object names, if any. */
  readonly status?: readonly number[] | ((status: number) => boolean);
  /** Where it differs from what the tag alone means. */
  readonly isRetryable?: boolean;
}
