import { left, right } from 'fp-ts/Either';
import * as t from 'io-ts';
import type { Journal, Recorded } from '../../bulk/journal';
import { type JournalFileOptions, journalSettings } from './journal-settings';
import type { LineFormat } from './line-format';
import { lineJournal } from './line-journal';
import { refuseUnwritable } from './refuse-unwritable';
import { writtenRequest } from './written-request';

export interface FileJournalOptions extends JournalFileOptions {
  /** Whether requests are written beside their results. Default false: results alone. One that JSON cannot say is then a `BadRequest`. */
  readonly prompts?: boolean | undefined;
}

/** The version of these lines. */
const version = 1;

/** Without what it is about when that was `undefined`, for which JSON has no word. */
const Outcome = t.type({ _tag: t.keyof({ Left: null, Right: null }) });
const LineCodec = t.type({
  v: t.literal(version),
  key: t.string,
  occurrence: t.number,
  result: t.type({ outcome: Outcome, timing: t.UnknownRecord }),
});

/**
 * A journal in a file: one line of JSON for each finished request, readable by its owner alone. It holds results and no prompts, and never a
 * key. A run over the same requests goes on from it, also after the process was killed while it wrote; `parallel$` says what that means.
 *
 * Opened when a run begins, closed when it has ended. Errors with a `JournalError`, in the run: another run has the file, a line in its
 * middle is not whole, it is no journal, the disk is full.
 *
 * @example parallel$(prompts, { router, journal: fileJournal('run.jsonl') })
 */
export function fileJournal(path: string, options: FileJournalOptions = {}): Journal {
  const settings = journalSettings('fileJournal', path, options, ['prompts', 'fsync', 'retryFailed']);
  const hasPrompts = options.prompts === true;
  const journal = lineJournal(path, lineFormat(hasPrompts), settings);
  return hasPrompts ? { ...journal, check: refuseUnwritable } : journal;
}

function lineFormat(hasPrompts: boolean): LineFormat {
  return {
    start: `{"v":${String(version)},"key":"`,
    toRecord: ({ key, occurrence, index, result, request }) => ({
      v: version,
      key,
      occurrence,
      index,
      result,
      ...(hasPrompts ? { request: writtenRequest(request) } : {}),
    }),
    fromRecord: (record) => {
      if (!LineCodec.is(record)) return left(whatElse(record));
      const { key, occurrence, result } = record;
      return right({
        key,
        occurrence,
        isFailure: result.outcome._tag === 'Left',
        result: () => result as unknown as Recorded, // what else is in it is for the run to read
      });
    },
  };
}

function whatElse(record: unknown): string {
  const v = t.UnknownRecord.is(record) ? record['v'] : undefined;
  return typeof v === 'number' && v !== version
    ? `of version ${String(v)} of this format, and this is version ${String(version)}`
    : 'not that of a journal';
}
