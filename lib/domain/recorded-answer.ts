import { left, right, type Either } from 'fp-ts/Either';
import * as t from 'io-ts';
import { Completion } from './completion';
import { completionError, tags, type CompletionError } from './error';
import { explain } from './explain';
import { maybe } from './optional';
import type { Attempt, ParallelResult } from './result';
import { Usage } from './usage';

/** A router's row as it is written down: without its request and place, which the next run knows itself. */
export type RecordedAnswer = Omit<ParallelResult<unknown>, 'request' | 'index'>;

const Tag = t.keyof(Object.fromEntries(tags.map((tag) => [tag, null])) as Record<(typeof tags)[number], null>, 'a tag');
/** What `toJSON` of a `CompletionError` gives. */
const Failure = t.intersection([t.type({ _tag: Tag, message: t.string }), t.UnknownRecord], 'a failure');
const AttemptCodec = t.intersection(
  [
    t.type({
      deployment: t.string,
      startedAt: t.number,
      elapsedMs: t.number,
      ended: t.keyof({ ok: null, failed: null, throttled: null, aborted: null }, 'how a call ended'),
    }),
    t.partial({
      error: maybe(Failure),
      hedge: maybe(t.literal(true)),
      usage: maybe(Usage),
      cost: maybe(t.number),
    }),
  ],
  'an attempt',
);
const Recorded = t.intersection(
  [
    t.type({
      outcome: t.union(
        [
          t.type({ _tag: t.literal('Left'), left: Failure }),
          t.type({ _tag: t.literal('Right'), right: t.UnknownRecord }),
        ],
        'an outcome',
      ),
      attempts: t.readonlyArray(AttemptCodec),
      usage: Usage,
      timing: t.intersection([
        t.type({ queuedMs: t.number, elapsedMs: t.number }),
        t.partial({ firstChunkMs: maybe(t.number) }),
      ]),
    }),
    t.partial({
      deployment: maybe(t.string),
      cost: maybe(t.number),
      group: maybe(t.string),
      shared: maybe(t.literal(true)),
    }),
  ],
  'a recorded answer',
);

/**
 * What is kept of a row: all but what the next run knows itself, vendors' own bodies, which may quote the prompt, and what was decoded, which
 * may be no JSON. JSON: a failure is its fields, and its calls are those of the row.
 */
export function recordAnswer({ index: _, request: __, ...row }: ParallelResult<unknown>): RecordedAnswer {
  const attempts = row.attempts.map(({ error, ...attempt }) =>
    error === undefined ? attempt : { ...attempt, error: fieldsOf(error) },
  );
  const outcome =
    row.outcome._tag === 'Left'
      ? left(fieldsOf(row.outcome.left))
      : right({ ...row.outcome.right, raw: undefined, output: undefined });
  return { ...row, attempts, outcome } as RecordedAnswer; // its failures are to be made JSON of
}

function fieldsOf(error: CompletionError): Readonly<Record<string, unknown>> {
  const { attempts: _, body: __, ...fields } = error.toJSON();
  return fields;
}

/** The answer in what was read from JSON: failures are errors again. `Left` says what is wrong with it, never what is in it. */
export function readAnswer(recorded: unknown): Either<string, RecordedAnswer> {
  const decoded = Recorded.decode(recorded);
  if (decoded._tag === 'Left') return left(explain(decoded.left).slice(0, 3).join('; '));
  const { outcome, ...rest } = decoded.right;
  const attempts = rest.attempts.map(revivedAttempt);
  const known = { ...rest, attempts };
  if (outcome._tag === 'Left') {
    return right({ ...known, outcome: left(revived(outcome.left, attempts)) } as RecordedAnswer);
  }
  const completion = Completion.decode({ ...outcome.right, raw: undefined });
  if (completion._tag === 'Left') return left(explain(completion.left).slice(0, 3).join('; '));
  return right({ ...known, outcome: right(completion.right) } as RecordedAnswer);
}

function revivedAttempt({ error, ...attempt }: t.TypeOf<typeof AttemptCodec>): Attempt {
  return { ...attempt, ...(error === undefined ? {} : { error: revived(error, []) }) } as Attempt;
}

function revived(failure: t.TypeOf<typeof Failure>, attempts: readonly Attempt[]): CompletionError {
  return completionError({ ...failure, attempts });
}
