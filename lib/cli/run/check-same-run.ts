import { compactTable, type CompactTable } from '../../bulk/compact-table';
import { readLines } from '../../node/batch/read-lines';
import { count } from '../told';
import { UsageError } from '../usage-error';
import { outLine } from './out-line';
import { type KeyedRun, requestKeys } from './request-keys';

/**
 * Refuses to go on with the results of another run: when there are some, and none is of a request of this one. A template that was
 * changed would else pay for everything again, and mix it with what is there. Reads of the input no more than up to the first that is known.
 */
export async function checkSameRun(out: string, run: KeyedRun): Promise<void> {
  const known = await keysIn(out);
  if (known.size() === 0) return;
  for await (const key of requestKeys(run)) if (known.get(key) !== undefined) return;
  throw new UsageError(
    `${out} has ${count(known.size())} results, and none of a request of this run: name another file, undo what was changed (the input, --template, --field, --tag), or begin anew with --force`,
  );
}

async function keysIn(out: string): Promise<CompactTable> {
  const keys = compactTable();
  for await (const lines of readLines(out)) {
    for (const { text } of lines) {
      const line = outLine(text);
      if (line !== undefined) keys.set(line.key, 1);
    }
  }
  return keys;
}
