import { left, map, type Either } from 'fp-ts/Either';
import { completionError, type CompletionError } from '../../domain/error';
import type { CompletionRequest } from '../../domain/request';
import { geminiRequest } from './gemini-request';
import { unsupported } from '../unsupported';

interface GeminiBody {
  /** JSON text. */
  readonly text: string;
  /** What was left out, because it was allowed to be. */
  readonly dropped: readonly string[];
}

/** The request as Google takes it, as text. */
export function geminiBody(
  request: CompletionRequest,
  options: { readonly model: string; readonly provider: string; readonly dropUnsupported?: boolean | undefined },
): Either<CompletionError, GeminiBody> {
  const { model, provider } = options;
  try {
    const { body, unserved } = geminiRequest(request, model);
    const text = JSON.stringify(body);
    return map((dropped: readonly string[]) => ({ text, dropped }))(unsupported(unserved, options));
  } catch {
    // a cycle, a BigInt, or deeper than the stack; the exception's own words would show field names
    return left(completionError({ _tag: 'BadRequest', provider, detail: 'It cannot be written as JSON.' }));
  }
}
