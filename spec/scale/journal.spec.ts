import { createHash } from 'node:crypto';
import { closeSync, openSync, statSync, writeSync } from 'node:fs';
import { count, from, lastValueFrom } from 'rxjs';
import { compactTable } from '../../lib/bulk/compact-table';
import { fileJournal } from '../../lib/node/index';
import { collectGarbage } from '../support/collect-garbage';
import { tempFolder } from '../support/temp-folder';

function heldBytes(): number {
  collectGarbage();
  collectGarbage(); // what the one before has only let go of
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return heapUsed + arrayBuffers;
}

const keyOf = (i: number): string => createHash('sha256').update(String(i)).digest('hex');

describe('what a journal holds of its rows', () => {
  const at = tempFolder();

  it.each([700_000, 1_000_000])('is less than 100 bytes a row, in a table of %d', (rows) => {
    const before = heldBytes();
    const table = compactTable();
    for (let i = 0; i < rows; i++) table.set(keyOf(i), i);
    expect((heldBytes() - before) / rows).toBeLessThan(100);
    expect([table.size(), table.get(keyOf(rows - 1))]).toEqual([rows, rows - 1]);
  });

  it('is less than 100 bytes a row while a run has it, whatever their length; each is found', async () => {
    const rows = 200_000;
    const file = openSync(at('run.jsonl'), 'w');
    for (let i = 0; i < rows; i++) {
      const answer = `{"_tag":"Right","right":"${'answer '.repeat(60)}${String(i)}"}`;
      const result = `{"outcome":${answer},"timing":{"queuedMs":0,"elapsedMs":1}}`;
      writeSync(file, `{"v":1,"key":"${keyOf(i)}","occurrence":0,"index":${String(i)},"result":${result}}\n`);
    }
    closeSync(file);
    expect(statSync(at('run.jsonl')).size / rows).toBeGreaterThan(500);

    const journal = fileJournal(at('run.jsonl'));
    const before = heldBytes();
    expect(await lastValueFrom(from(journal.load()).pipe(count()), { defaultValue: 0 })).toBe(rows);
    expect((heldBytes() - before) / rows).toBeLessThan(100);
    for (let i = 0; i < rows; i += 1999) {
      expect(journal.find?.(keyOf(i), 0)?.outcome).toMatchObject({ right: expect.stringMatching(` ${String(i)}$`) });
    }
    await lastValueFrom(from(journal.close!()), { defaultValue: undefined });
  });
});
