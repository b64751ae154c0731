import { createRequire } from 'node:module';
import { dirname, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { program } from '../../lib/cli/program';
import { fakeIo, type FakeIo } from './fake-io';

const assets = {
  texts: pathToFileURL(resolve('examples/data/feedback.jsonl')),
  plots: dirname(createRequire(__filename).resolve('uplot')),
  version: '1.2.3',
};

/** Runs the program in this process: its exit code and what it said. */
export async function asked(
  args: readonly string[],
  io: FakeIo = fakeIo(),
): Promise<{ readonly code: number; readonly out: string; readonly err: string }> {
  const code = await program(args, io, assets);
  return { code, ...io.said };
}
