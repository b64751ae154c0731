import type { Stats } from 'node:fs';
import { stat } from 'node:fs/promises';
import { UsageError } from '../usage-error';

interface Names {
  /** What the file that is read is to the user. */
  readonly from: string;
  /** What a good name would be, after a comma. */
  readonly example?: string;
}

/** What is there already where something is to be written. Rejects when that is no file, or is `from`, the file that it is made of. */
export async function outputThere(out: string, from: string, names: Names): Promise<Stats | undefined> {
  const { example = '' } = names;
  const there = await stat(out).catch(() => undefined);
  if (there === undefined) return undefined;
  if (there.isDirectory()) throw new UsageError(`-o ${out} is a folder: name a file${example}`);
  if (!there.isFile()) throw new UsageError(`-o ${out} is no file but a device or a pipe: name a file${example}`);
  const { dev, ino } = await stat(from);
  if (there.dev === dev && there.ino === ino)
    throw new UsageError(`-o ${out} is the ${names.from}: name another file${example}`);
  return there;
}
