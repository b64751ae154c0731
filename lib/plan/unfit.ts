import { completionError, type CompletionError } from '../domain/error';
import { listed } from '../domain/listed';
import { namedModel } from '../domain/named-model';
import { shortName } from '../domain/short-name';
import type { Ask } from './choose';
import { factsOf, type DeploymentState } from './deployment';
import { isCountable, isMeant } from './fits';
import { inputAt } from './limits/estimate';

/** Why no deployment of the group may serve a request that none of them has seen. */
export function unfit(group: readonly DeploymentState[], ask: Ask): CompletionError {
  const meant = group.filter((one) => isMeant(one, ask));
  if (meant.length === 0) {
    const detail = ask.tags === undefined ? undefined : `None of the group has one of the tags ${ask.tags.join(', ')}`;
    return completionError({ _tag: 'NoDeployment', detail });
  }
  const countable = meant.filter((one) => isCountable(one, ask));
  if (countable.length === 0) {
    const models = new Set(meant.map(({ model }) => shortName(namedModel(model, ask.star))));
    return completionError({
      _tag: 'NoDeployment', // others of the run may have a price, and so may another group
      message: `the request was not sent: budget.usd: the price of ${listed([...models])} is not known: give it as price, or in prices`,
    });
  }
  const { output, answers } = ask.estimate;
  const input = Math.min(...countable.map((one) => inputAt(one, ask.estimate)));
  const whose = answers === 1 ? 'the answer' : `each of ${String(answers)} answers`;
  const asked = `about ${String(input)} tokens${output === undefined ? '' : ` and ${String(output)} for ${whose}`}`;
  const longest = Math.max(...countable.map((one) => Math.min(factsOf(one, ask.star).contextWindow, one.mostTokens)));
  return completionError({
    _tag: 'ContextWindowExceeded',
    message: `the request was not sent: it is ${asked}, and no deployment of the group takes more than ${String(longest)}: shorten it, or use a group with a larger contextWindow or tpm`,
  });
}
