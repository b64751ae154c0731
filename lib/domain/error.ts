import { describeFailure } from './describe-failure';
import type { Attempt } from './result';

/** Every way in which a request can fail. What each leads to (retry, move, cool down) is one table: `attempt/error-rules.ts`. */
export const tags = [
  'RateLimited',
  'QuotaExhausted',
  'Authentication',
  'PermissionDenied',
  'NotFound',
  'BadRequest',
  'ContextWindowExceeded',
  'ContentPolicyViolation',
  'Timeout',
  'Connection',
  'ServerError',
  'Overloaded',
  'InvalidResponse',
  'InvalidOutput',
  'NoDeployment',
  'BudgetExceeded',
  'Cancelled',
  'Defect',
] as const;

export type Tag = (typeof tags)[number];

/** Which clock ran out: waiting for a place, one attempt, the first content, the next chunk, or the whole request. */
export type TimeoutPhase = 'queue' | 'attempt' | 'firstChunk' | 'chunk' | 'total';

/** What every failure may carry. None of it is a key, a header, a prompt or a URL. */
export interface FailureDetails {
  /** HTTP status of the reply. */
  readonly status?: number | undefined;
  /** The vendor's code, or the network's (`ECONNRESET`). */
  readonly code?: string | undefined;
  /** The request field that the vendor objects to. */
  readonly param?: string | undefined;
  /** How long the vendor asks us to wait (ms). */
  readonly retryAfterMs?: number | undefined;
  /** The vendor's id of the request, for their support. */
  readonly requestId?: string | undefined;
  /** Id of the deployment that failed. */
  readonly deployment?: string | undefined;
  /** Name of its provider. */
  readonly provider?: string | undefined;
  /** Text that had already been streamed, or that could not be decoded. */
  readonly partial?: string | undefined;
  /** The vendor's whole reply body; only with `exposeBodies: true`. */
  readonly body?: string | undefined;
}

interface Extras {
  readonly Timeout: { readonly phase: TimeoutPhase };
  readonly NoDeployment: { readonly lastError?: CompletionError | undefined };
}

/** The failure with one tag, e.g. `CompletionErrorOf<'Timeout'>`. */
export type CompletionErrorOf<T extends Tag> = T extends Tag
  ? Tagged<T> & (T extends keyof Extras ? Extras[T] : unknown)
  : never;

interface Tagged<T extends Tag> extends Error, FailureDetails {
  readonly _tag: T;
  /** Whether asking the same deployment again may help. */
  readonly isRetryable: boolean;
  /** Every call made for the request, the failed last one included. */
  readonly attempts: readonly Attempt[];
  /** What `JSON.stringify` shows: the fields above, `message` and no stack. */
  toJSON(): Record<string, unknown>;
}

/** A failed request: a closed union, discriminated by `_tag`. Each member is an `Error`. */
export type CompletionError = CompletionErrorOf<Tag>;

/** What `completionError` is given. */
export type FailureFields<T extends Tag = Tag> = FailureDetails & {
  readonly _tag: T;
  /** Written from the other fields when absent. */
  readonly message?: string | undefined;
  /** One more sentence, put behind the message. */
  readonly detail?: string | undefined;
  /** Whether asking the same deployment again may help; taken from the tag when absent. */
  readonly isRetryable?: boolean | undefined;
  readonly attempts?: readonly Attempt[] | undefined;
} & (T extends keyof Extras ? Extras[T] : unknown);

const retryable: ReadonlySet<Tag> = new Set<Tag>([
  'RateLimited',
  'Overloaded',
  'Timeout',
  'Connection',
  'ServerError',
  'InvalidResponse',
  'InvalidOutput',
]);
const finalPhases: ReadonlySet<TimeoutPhase> = new Set<TimeoutPhase>(['queue', 'total']);

/** The one class behind the union. It is not exported: tell failures apart by `_tag`, which survives two copies of the package. */
class Failure extends Error {
  readonly _tag: Tag;
  readonly isRetryable: boolean;
  readonly attempts: readonly Attempt[];

  constructor({ message, detail, ...fields }: FailureFields) {
    super([message ?? describeFailure(fields), detail].filter(Boolean).join('. '));
    Object.defineProperty(this, 'name', { value: fields._tag, enumerable: false });
    this._tag = fields._tag;
    this.isRetryable = fields.isRetryable ?? retriedByDefault(fields);
    this.attempts = fields.attempts ?? [];
    for (const [name, value] of Object.entries(fields)) {
      if (value !== undefined) Object.defineProperty(this, name, { value, enumerable: true, configurable: true });
    }
  }

  toJSON(): Record<string, unknown> {
    return { ...(this as Record<string, unknown>), message: this.message };
  }
}

function retriedByDefault(fields: Pick<FailureFields, '_tag'> & { readonly phase?: TimeoutPhase }): boolean {
  return retryable.has(fields._tag) && !(fields.phase !== undefined && finalPhases.has(fields.phase));
}

/**
 * Makes a `CompletionError`; for a provider or transport of your own, and for tests.
 *
 * @example completionError({ _tag: 'RateLimited', status: 429, retryAfterMs: 1500 })
 */
export function completionError<T extends Tag>(fields: FailureFields<T>): CompletionErrorOf<T> {
  return new Failure(fields) as unknown as CompletionErrorOf<T>; // the class is the union, seen from inside
}

/**
 * The same failure with some fields changed; `undefined` changes nothing. Message and stack stay those of the original, but
 * that they name the deployment as soon as it is known.
 */
export function withDetails<E extends CompletionError>(
  error: E,
  details: FailureDetails & { readonly attempts?: readonly Attempt[]; readonly isRetryable?: boolean },
): E {
  const changes = Object.fromEntries(Object.entries(details).filter(([, value]) => value !== undefined));
  const place = error.deployment === undefined && details.deployment !== undefined ? `${details.deployment}: ` : '';
  const message = `${place}${error.message}`;
  const copy = new Failure({ ...error, ...changes, _tag: error._tag, message });
  const stack = (): string | undefined => error.stack?.replace(error.message, () => message);
  Reflect.deleteProperty(copy, 'stack'); // to replace it V8 would write it out
  Object.defineProperty(copy, 'stack', { get: stack, configurable: true }); // when it is read: writing one out is the dearest part of a failure
  return copy as unknown as E;
}

/** Whether a value is a `CompletionError`, of this copy of the package or another; what became of one through JSON is none. */
export function isCompletionError(value: unknown): value is CompletionError {
  if (typeof value !== 'object' || value === null) return false;
  const { _tag, message, isRetryable, attempts } = value as Readonly<Record<string, unknown>>;
  return (
    (tags as readonly unknown[]).includes(_tag) &&
    typeof message === 'string' &&
    'stack' in value &&
    typeof isRetryable === 'boolean' &&
    Array.isArray(attempts)
  );
}
