import type { FailureFields } from '../../domain/error';
import { geminiFinish } from './gemini-finish';
import type { GeminiHeard } from './gemini-heard';

/**
 * What it means that candidates ended without a word; `undefined` when that is an answer. Withheld altogether: the content
 * policy. An empty text that the model itself ended, tokens spent before the first word, or one of several withheld: an answer.
 * Anything else (a malformed function call, no part at all) is none.
 */
export function geminiSilence(
  heard: readonly GeminiHeard[],
): Pick<FailureFields<'ContentPolicyViolation' | 'InvalidResponse'>, '_tag' | 'code' | 'detail'> | undefined {
  const silent = heard.filter(({ said }) => !said);
  const withheld = silent.find((one) => finishOf(one) === 'content_filter');
  if (withheld !== undefined && silent.length === heard.length) {
    return { _tag: 'ContentPolicyViolation', code: withheld.ended };
  }
  const empty = silent.find((one) => !isExplained(one));
  return empty && { _tag: 'InvalidResponse', code: empty.ended, detail: 'A candidate says nothing.' };
}

function isExplained(one: GeminiHeard): boolean {
  const finish = finishOf(one);
  return finish === 'length' || finish === 'content_filter' || (finish === 'stop' && one.spoke);
}

function finishOf({ ended }: GeminiHeard): string | undefined {
  return ended === undefined ? undefined : geminiFinish(ended, false);
}
