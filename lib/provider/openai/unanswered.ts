import type { Choice } from '../../domain/completion';
import type { OpenAIReply } from './openai-reply';

/**
 * Whether a reply answers nothing. `filtered`: all that would have been said was withheld by a content filter.
 * `empty`: some choice says nothing and gives no reason. A choice that says `content: ''` or `null` itself, and why it
 * ended, is an answer; so is one whose tokens were spent before the first word (`length`: Gemini leaves `content` out
 * then).
 */
export function unanswered(
  given: OpenAIReply['choices'],
  choices: readonly Choice[],
): 'filtered' | 'empty' | undefined {
  const silent = given.filter((_, i) => isSilent(choices[i]?.message));
  const filtered = silent.some((choice) => choice.finish_reason === 'content_filter');
  if (filtered && silent.length === given.length) return 'filtered';
  return silent.every(isExplained) ? undefined : 'empty';
}

function isSilent(message: Choice['message'] | undefined): boolean {
  if (message === undefined) return true;
  const { content, tool_calls: calls, refusal, reasoning } = message;
  return (
    (content === null || content === '') && calls === undefined && refusal === undefined && reasoning === undefined
  );
}

function isExplained({ message: { content }, finish_reason: reason }: OpenAIReply['choices'][number]): boolean {
  if (typeof reason !== 'string' || reason === '') return false;
  return content === null || content?.length === 0 || reason === 'length' || reason === 'content_filter';
}
