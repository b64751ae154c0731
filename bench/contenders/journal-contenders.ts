import { rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileJournal, type FileJournalOptions } from 'rx-fanout/node';
import { answersOf } from './answers-of';
import { benchRouter } from './bench-router';
import type { HttpContender } from './http-contender';

/** The whole road with every result written down before it is emitted: a new file for each load. */
const withJournal =
  (fsync: FileJournalOptions['fsync']): HttpContender =>
  (url) => {
    const router = benchRouter(url);
    const path = join(tmpdir(), `rx-fanout-bench-${String(process.pid)}.jsonl`);
    return async (prompts, concurrency) => {
      const answers = await answersOf(router, prompts, { concurrency, journal: fileJournal(path, { fsync }) });
      rmSync(path);
      return answers;
    };
  };

export const journalContenders = {
  'no journal': (url) => {
    const router = benchRouter(url);
    return (prompts, concurrency) => answersOf(router, prompts, { concurrency });
  },
  "fsync: 'never'": withJournal('never'),
  "fsync: 'interval'": withJournal('interval'),
  "fsync: 'always'": withJournal('always'),
} satisfies Readonly<Record<string, HttpContender>>;

export type JournalContenderName = keyof typeof journalContenders;
