import { compactTable, type CompactTable } from '../../bulk/compact-table';
import type { RouterConfig } from '../../index';
import { requestKey } from '../../node/journal/request-key';
import { readLines } from '../../node/batch/read-lines';
import type { BatchRequest } from '../../node/index';
import { routerMemory } from '../../router-memory';
import { routerState } from '../../router-state';
import { count } from '../told';
import { UsageError } from '../usage-error';
import { outLine } from './out-line';

interface Run {
  readonly out: string;
  readonly requests: AsyncIterable<BatchRequest>;
  readonly config: RouterConfig;
  readonly tag: string | undefined;
}

/**
 * Refuses to go on with the answers of another run: when there are some, and none is to a request of this one. A template that was
 * changed would else pay for everything again, and mix it with what is there. Reads of the input no more than up to the first that is known.
 */
export async function checkSameRun({ out, requests, config, tag }: Run): Promise<void> {
  const answered = await keysIn(out);
  if (answered.size() === 0) return;
  const { context, close } = routerState(config);
  close();
  const { body } = routerMemory<BatchRequest>(context.defaultModel);
  for await (const request of requests) {
    if (answered.get(requestKey(body(request, 0), tag)) !== undefined) return;
  }
  throw new UsageError(
    `${out} has ${count(answered.size())} answers, and none to a request of this run: name another file, or undo what was changed (the input, --template, --field, --tag)`,
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
