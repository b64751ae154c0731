import { stat } from 'node:fs/promises';
import { UsageError } from '../usage-error';
import { outputThere } from './output-there';

interface Files {
  readonly input: string;
  readonly out: string;
  readonly resume: boolean;
  readonly force: boolean;
}

/** Looks at the files before anything is sent or written. Rejects with what is wrong and what would be right. */
export async function checkFiles({ input, out, resume, force }: Files): Promise<void> {
  await checkInput(input);
  if (resume && force) throw new UsageError('--resume goes on with a file, --force begins it anew: give one of them');
  const there = await outputThere(out, input, { from: 'input itself' });
  if (there === undefined) return;
  if (resume || force || there.size === 0) return;
  throw new UsageError(`${out} exists: --resume goes on with it, --force writes over it`);
}

/** The same for what is only read. */
export async function checkInput(input: string): Promise<void> {
  const there = await stat(input).catch(() => undefined);
  if (there === undefined) throw new UsageError(`there is no file ${input}`);
  if (there.isDirectory()) throw new UsageError(`${input} is a folder: name a file of JSON lines or CSV`);
  if (!there.isFile())
    throw new UsageError(`${input} can be read only once: write it to a file first, it is counted and then read`);
}
