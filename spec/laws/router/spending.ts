import type { Attempt } from '../../../lib/domain/result';
import { mostInAMinute } from '../../support/most-in-a-minute';
import type { Scene } from './scene';
import type { Watched } from './watched';

/** What was really taken keeps all limits of tokens and USD: in these scenes no call takes more than is reserved for it. */
export function spending(seen: Watched, { run }: Scene): readonly string[] {
  const problems: string[] = [];
  const { rows, config, latest, ended } = seen;
  const attempts = rows.flatMap((row) => row.attempts).sort((a, b) => a.startedAt - b.startedAt);
  const configs = [config, latest];
  const tokensOf = ({ usage }: Attempt): number => usage?.totalTokens ?? 0;
  const tokens = attempts.reduce((sum, one) => sum + tokensOf(one), 0);
  const usd = attempts.reduce((sum, one) => sum + (one.cost ?? 0), 0);
  const most = (of: (one: Watched['config']) => number | undefined): number =>
    Math.max(...configs.map((one) => of(one) ?? Infinity));
  const cap = (name: string, spent: number, limit: number): void => {
    if (spent > limit + 1e-9) problems.push(`${name}: ${String(spent)} of ${String(limit)}`);
  };
  cap(
    "tokens of the router's budget",
    tokens,
    most(({ budget }) => budget?.tokens),
  );
  cap(
    "USD of the router's budget",
    usd,
    most(({ budget }) => budget?.usd),
  );
  cap("tokens of the run's budget", tokens, run.budget?.tokens ?? Infinity);
  cap("USD of the run's budget", usd, run.budget?.usd ?? Infinity);
  const ids = new Set(attempts.map(({ deployment }) => deployment));
  const taken = attempts.map((one) => ({ id: one.deployment, at: one.startedAt, amount: tokensOf(one) }));
  for (const id of ids) {
    const limit = most(({ deployments }) => deployments.find((one) => one.id === id)?.tpm);
    cap(`tpm of ${id}`, mostInAMinute(taken.filter((one) => one.id === id)), limit);
  }
  const sharing = new Set(config.deployments.filter(({ quota }) => quota !== undefined).map(({ id }) => String(id)));
  cap(
    'tpm of the quota',
    mostInAMinute(taken.filter(({ id }) => sharing.has(id))),
    most(({ quotas }) => quotas?.['shared']?.tpm),
  );
  const { budget } = seen.finally;
  if (ended === 'complete' && budget !== undefined) {
    if (budget.spent.tokens !== tokens)
      problems.push(`${String(budget.spent.tokens)} tokens spent, ${String(tokens)} in rows`);
    if (Math.abs(budget.spent.usd - usd) > 1e-9)
      problems.push(`USD ${String(budget.spent.usd)} spent, ${String(usd)} in rows`);
  }
  return problems;
}
