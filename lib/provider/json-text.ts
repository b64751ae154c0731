import { left, right, type Either } from 'fp-ts/Either';
import { completionError, type CompletionErrorOf } from '../domain/error';

/** A body as JSON text. What cannot be written is `BadRequest`; the exception's own words would show field names. */
export function jsonText(body: unknown, provider: string): Either<CompletionErrorOf<'BadRequest'>, string> {
  try {
    return right(JSON.stringify(body));
  } catch {
    // a cycle, a BigInt, or deeper than the stack
    return left(completionError({ _tag: 'BadRequest', provider, detail: 'It cannot be written as JSON.' }));
  }
}
