import type { CompletionError } from '../domain/error';
import type { Reply } from './transport';

/** What some bytes of a body amounted to. */
export interface Taken {
  readonly reply?: Reply | undefined;
  /** Why the rest is not read. */
  readonly problem?: CompletionError | undefined;
  /** The rest is not needed. */
  readonly isEnough?: boolean | undefined;
}

/** Makes replies of a body that comes in pieces. */
export interface BodyReader {
  readonly take: (bytes: Uint8Array) => Taken;
  /** What is left to say when the body has ended. */
  readonly end: () => Reply | undefined;
}
