import { rate } from '../lib/plan/limits/rate';
import { deploymentOf } from '../spec/support/deployment-of';
import { type ChoiceContenderName, choiceContenders } from './contenders/choice-contenders';
import { serveLoads } from './measure/serve-loads';

const [name, count, limits] = process.argv.slice(2);

// As they are in use: all well, some busier, slower or later in order than others, no limit reached.
const deployments = Array.from({ length: Number(count) }, (_, i) => {
  const rates = limits === 'limits' ? [rate('requests', 60_000), rate('tokens', 60_000_000)] : [];
  const price = { input: 1 + (i % 5), output: 4 };
  const one = deploymentOf({ id: String(i), order: 1 + (i % 3), weight: 1 + (i % 2), price, rates });
  one.inFlight = i % 4;
  one.speed = { msPerToken: { ms: 10 + (i % 7), at: 0 }, firstChunkMs: undefined };
  return one;
});
const choose = choiceContenders[name as ChoiceContenderName](deployments);

serveLoads(
  ({ items }) =>
    () =>
      Promise.resolve(choose(items)),
);
