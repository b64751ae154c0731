import { readFileSync } from 'node:fs';
import { from, take } from 'rxjs';
import { fileJournal } from '../../../lib/node/index';
import { allOf } from '../../support/all-of';
import { journalProcesses } from '../../support/journal-process';
import { tempFolder } from '../../support/temp-folder';

describe('a process that is killed while it writes its journal', () => {
  const at = tempFolder();
  const start = journalProcesses();

  it('has written every entry that it was told is written; the next one goes on at once, and so does the one after it', async () => {
    const path = at('run.jsonl');
    const acknowledged = new Set<string>();
    for (const enough of [1, 40, 700, 2500]) {
      const process = start();
      expect(await process.ask({ do: 'load', path })).toEqual({});
      process.told$.subscribe(({ written }) => acknowledged.add(`row ${String(written)} `));
      const told = allOf(process.told$.pipe(take(enough)));
      process.tell({ do: 'flood' });
      await told;
      await process.kill();
      const journal = fileJournal(path);
      const entries = await allOf(from(journal.load()));
      const found = new Set(entries.map(({ key }) => /^row \d+ /.exec(key)?.[0]));
      expect([...acknowledged].filter((name) => !found.has(name))).toEqual([]);
      await allOf(from(journal.close!()));
      const content = readFileSync(path, 'utf8');
      expect(content.endsWith('\n')).toBe(true);
      expect(content.split('\n')).toHaveLength(entries.length + 1);
    }
  });
});
