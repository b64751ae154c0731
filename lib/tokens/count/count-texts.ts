import { asyncScheduler, defer, generate, of, reduce, takeWhile, type Observable } from 'rxjs';
import { nextSlice } from './next-slice';

/** A place in the texts, and the tokens before it. */
interface Place {
  readonly index: number;
  readonly at: number;
  readonly tokens: number;
}

/** Microseconds that one turn of the event loop may take: far from the 20 ms that others may be kept waiting. */
const allowance = 8192;

/** Microseconds for a token of text that is in no vocabulary (random letters, base64); common words take a tenth. */
const workAToken = 4;

/**
 * The tokens of all the texts together. Emits one number and completes: at once when it is a matter of milliseconds (some 2 000 tokens),
 * else a slice a turn of the event loop, so that others have theirs; it stops when it is unsubscribed from.
 *
 * @param count a text's tokens; called with slices whose counts add up
 */
export function countTexts(texts: readonly string[], count: (text: string) => number): Observable<number> {
  return defer(() => {
    const first = turn({ index: 0, at: 0, tokens: 0 }, texts, count);
    if (isEnd(first, texts)) return of(first.tokens);
    return generate({
      initialState: first,
      iterate: (place) => turn(place, texts, count),
      scheduler: asyncScheduler,
    }).pipe(
      takeWhile((place) => !isEnd(place, texts), true),
      reduce((_, { tokens }) => tokens, 0),
    );
  });
}

function isEnd({ index }: Place, texts: readonly string[]): boolean {
  return index >= texts.length;
}

/** Counts until the work of a turn is done, or all of it. */
function turn(place: Place, texts: readonly string[], count: (text: string) => number): Place {
  let { index, at, tokens } = place;
  for (let left = allowance; left > 0 && index < texts.length;) {
    const text = texts[index] ?? '';
    if (at < text.length) {
      const { to, work } = nextSlice(text, at);
      const counted = count(text.slice(at, to));
      tokens += counted;
      left -= work + counted * workAToken;
      at = to;
    } else {
      index++;
      at = 0;
    }
  }
  return { index, at, tokens };
}
