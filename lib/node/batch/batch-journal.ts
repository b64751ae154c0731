import { left, right } from 'fp-ts/Either';
import * as t from 'io-ts';
import type { Entry, Journal, Recorded } from '../../bulk/journal';
import { type JournalFileOptions, journalSettings } from '../journal/journal-settings';
import type { LineFormat } from '../journal/line-format';
import { lineJournal } from '../journal/line-journal';
import { batchLine } from './batch-line';
import { completionIn } from './chat-completion';

/** The version of what we add to the lines. */
const version = 1;

/** What of a row the line of the Batch API has no place for, and where its request is found again. */
const Fanout = t.intersection([
  t.type({ v: t.literal(version), key: t.string, occurrence: t.number, timing: t.UnknownRecord }),
  t.partial({ index: t.number, error: t.UnknownRecord }),
]);

const LineCodec = t.type({
  custom_id: t.string,
  response: t.union([t.null, t.type({ body: t.UnknownRecord })]),
  fanout: Fanout,
});

/**
 * A journal that is an output file of OpenAI's Batch API: one line for each finished request, in the order in which they finish, read by
 * the same scripts. A field `fanout` on each line has what they know nothing of: the key, the calls, what they took. So there is no
 * second file to lose. The name of a line is its request's `metadata.custom_id`, as `readBatch` gives it, else `row-<index>`.
 *
 * @example router.parallel$(readBatch('in.jsonl'), { journal: batchJournal('out.jsonl') })
 */
export function batchJournal(path: string, options: JournalFileOptions = {}): Journal {
  return lineJournal(path, format, journalSettings('batchJournal', path, options, ['fsync', 'retryFailed']));
}

const format: LineFormat = {
  start: '{"id":"batch_req_',
  toRecord: ({ key, occurrence, index = 0, result, request }: Entry) => {
    const { outcome, ...rest } = result;
    return {
      ...batchLine(outcome, request, index),
      fanout: {
        v: version,
        key,
        occurrence,
        index,
        ...rest,
        ...(outcome._tag === 'Left' ? { error: outcome.left } : {}),
      },
    };
  },
  fromRecord: (record) => {
    if (!LineCodec.is(record)) return left(whatElse(record));
    const { response, fanout } = record;
    const { v: _, key, occurrence, index: __, error, ...rest } = fanout;
    if (error === undefined && response === null) return left('neither an answer nor a failure');
    return right({
      key,
      occurrence,
      isFailure: error !== undefined,
      result: () =>
        ({
          ...rest,
          outcome: error === undefined ? right(completionIn(response?.body ?? {})) : left(error),
        }) as unknown as Recorded, // what else is in it is for the run to read
    });
  },
};

function whatElse(record: unknown): string {
  const fanout = t.UnknownRecord.is(record) ? record['fanout'] : undefined;
  if (!t.UnknownRecord.is(fanout)) return 'not one that this package has written';
  return fanout['v'] === version
    ? 'not whole'
    : `of another version of this format, and this is version ${String(version)}`;
}
