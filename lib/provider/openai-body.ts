import { left, right, type Either } from 'fp-ts/Either';
import { completionError, type CompletionErrorOf } from '../domain/error';
import type { CompletionRequest } from '../domain/request';

/**
 * The request as JSON text: what is ours (`routing`, `metadata`) and what is `undefined` left out, the group's name
 * replaced by the vendor's model.
 */
export function openAIBody(
  request: CompletionRequest,
  { model, stream, provider }: { readonly model: string; readonly stream: boolean; readonly provider: string },
): Either<CompletionErrorOf<'BadRequest'>, string> {
  const ours = { routing: undefined, metadata: undefined, stream: stream ? true : undefined };
  try {
    return right(JSON.stringify({ ...request, ...ours, model }));
  } catch {
    // a cycle, a BigInt, or deeper than the stack; the exception's own words would show field names
    return left(completionError({ _tag: 'BadRequest', provider, detail: 'It cannot be written as JSON.' }));
  }
}
