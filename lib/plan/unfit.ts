import { completionError, type CompletionError } from '../domain/error';
import type { Ask } from './choose';
import type { DeploymentState } from './deployment';
import { isMeant } from './fits';
import { inputAt } from './limits/estimate';

/** Why no deployment of the group may serve a request that none of them has seen. */
export function unfit(group: readonly DeploymentState[], ask: Ask): CompletionError {
  const meant = group.filter((one) => isMeant(one, ask));
  if (meant.length === 0) {
    const detail = ask.tags === undefined ? undefined : `None of the group has one of the tags ${ask.tags.join(', ')}`;
    return completionError({ _tag: 'NoDeployment', detail });
  }
  const { output, answers } = ask.estimate;
  const input = Math.min(...meant.map((one) => inputAt(one, ask.estimate)));
  const whose = answers === 1 ? 'the answer' : `each of ${String(answers)} answers`;
  const asked = `about ${String(input)} tokens${output === undefined ? '' : ` and ${String(output)} for ${whose}`}`;
  const longest = Math.max(...meant.map(({ contextWindow, mostTokens }) => Math.min(contextWindow, mostTokens)));
  return completionError({
    _tag: 'ContextWindowExceeded',
    message: `the request was not sent: it is ${asked}, and no deployment of the group takes more than ${String(longest)}: shorten it, or use a group with a larger contextWindow or tpm`,
  });
}
