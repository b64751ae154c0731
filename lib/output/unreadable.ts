import { text, type Completion } from '../domain/completion';
import { completionError, type CompletionErrorOf } from '../domain/error';
import type { Mismatch } from './mismatches';

/**
 * Why there is no output in a completion. What asking again would not mend is not retryable: the longest answer that was allowed, a filter
 * and a refusal stay what they are, and a call of tools wants their results. Of the answer itself nothing is told but in `partial`.
 */
export function unreadable(completion: Completion, misread: readonly Mismatch[]): CompletionErrorOf<'InvalidOutput'> {
  const { message, finish_reason: reason } = completion.choices[0];
  const { refusal, tool_calls: calls } = message;
  const partial = text(completion);
  const final = { _tag: 'InvalidOutput', isRetryable: false, partial } as const;
  if (refusal !== undefined && refusal !== null && refusal !== '') {
    return completionError({
      ...final,
      partial: partial === '' ? refusal : partial,
      message: 'the model refused to answer',
    });
  }
  if (calls !== undefined && calls.length > 0) {
    const message =
      "the answer calls tools and has no output: hand their results back, or forbid them with tool_choice 'none'";
    return completionError({ ...final, message });
  }
  if (reason === 'length') {
    const message = 'the answer was cut off before it was whole: raise max_tokens, or ask for less';
    return completionError({ ...final, code: 'length', message });
  }
  if (reason === 'content_filter') {
    const message = 'the answer was cut off by a content filter: rephrase the request';
    return completionError({ ...final, code: 'content_filter', message });
  }
  const detail = [...new Set(misread.map(({ shown }) => shown))].join('; '); // without their keys, entries of a record are alike
  return completionError({ _tag: 'InvalidOutput', partial, detail });
}
