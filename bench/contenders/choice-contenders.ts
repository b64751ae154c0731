import { choose } from '../../lib/plan/choose';
import type { DeploymentState } from '../../lib/plan/deployment';
import { group } from '../../lib/plan/group';
import type { Strategy } from '../../lib/plan/strategies/strategy';
import { askOf } from '../../spec/support/ask-of';

/** Makes so many choices among these deployments; gives how many of them chose somebody. */
export type ChoiceContender = (deployments: readonly DeploymentState[]) => (choices: number) => number;

/** Nothing but a look at each: less than this no choice among all of them can cost. */
const bareLoop: ChoiceContender = (deployments) => (choices) => {
  let chosen = 0;
  for (let choice = 0; choice < choices; choice++) {
    let least: DeploymentState | undefined;
    for (const one of deployments) if (least === undefined || one.inFlight < least.inFlight) least = one;
    if (least !== undefined) chosen += 1;
  }
  return chosen;
};

function by(strategy: Strategy): ChoiceContender {
  return (deployments) => {
    const to = group('bench', deployments, strategy);
    const ask = askOf({ estimate: { input: 100, output: 100, answers: 1 } });
    const rules = { whenExhausted: 'wait', random: Math.random } as const;
    return (choices) => {
      let chosen = 0;
      for (let choice = 0; choice < choices; choice++) {
        const now = choice / 1000; // a microsecond each: limits have something to refill
        if (choose(to, ask, now, rules).kind === 'send') chosen += 1;
      }
      return chosen;
    };
  };
}

export const choiceContenders = {
  'bare loop': bareLoop,
  'simple-shuffle': by('simple-shuffle'),
  'least-busy': by('least-busy'),
  latency: by('latency'),
  usage: by('usage'),
  cost: by('cost'),
  'priority-order': by('priority-order'),
  'a function': by(([first]) => {
    if (first === undefined) throw new Error('nobody to choose from');
    return first;
  }),
} satisfies Readonly<Record<string, ChoiceContender>>;

export type ChoiceContenderName = keyof typeof choiceContenders;
