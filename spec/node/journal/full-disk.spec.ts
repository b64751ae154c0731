import { readFileSync } from 'node:fs';
import { from, takeWhile } from 'rxjs';
import { fileJournal } from '../../../lib/node/index';
import { allOf } from '../../support/all-of';
import { entryOf } from '../../support/entry-of';
import { journalProcesses } from '../../support/journal-process';
import { tempFolder } from '../../support/temp-folder';

describe('a journal whose disk is full', () => {
  const at = tempFolder();
  const start = journalProcesses();

  it('stops at the first line that finds no room, keeps what was written, and goes on when there is room again', async () => {
    const path = at('run.jsonl');
    const process = start('-f 64'); // the size of a file has its limit, as the disk has: 64 blocks of 512 or 1024 bytes
    expect(await process.ask({ do: 'load', path })).toEqual({});
    const lanes = 8;
    let failures = 0;
    const told = allOf(process.told$.pipe(takeWhile(({ failed }) => failed === undefined || ++failures < lanes, true)));
    process.tell({ do: 'flood' });
    const dones = await told;
    const written = dones.flatMap((done) => done.written ?? []);
    expect(written.length).toBeGreaterThan(lanes);
    expect(dones.flatMap(({ failed }) => failed ?? [])).toEqual(
      Array.from({ length: lanes }, () => ({
        name: 'JournalError',
        problem: 'unwritable',
        code: 'EFBIG',
        message: `${path} cannot be written (EFBIG: the file may grow no further: make room and go on, what was written is kept)`,
      })),
    );
    const { failed } = await process.ask({ do: 'close' });
    expect(failed).toMatchObject({ problem: 'unwritable', code: 'EFBIG' });

    const journal = fileJournal(path);
    const found = (await allOf(from(journal.load()))).map(({ key }) => Number(/^row (\d+) /.exec(key)?.[1]));
    expect(written.filter((row) => !found.includes(row))).toEqual([]);
    await allOf(from(journal.append(entryOf('later'))));
    await allOf(from(journal.close!()));
    expect(readFileSync(path, 'utf8').split('\n')).toHaveLength(found.length + 2);
  });
});
