import { type Line, linesOf } from '../lines';
import { openInput } from './open-input';

/** The lines of a file that a person has named. Opened when the first is asked for, closed at the end or when the reader leaves. */
export async function* readLines(path: string): AsyncGenerator<readonly Line[], void> {
  const file = await openInput(path);
  try {
    yield* linesOf(file);
  } finally {
    await file.close();
  }
}
