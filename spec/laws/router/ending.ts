import type { Scene } from './scene';
import type { Watched } from './watched';

/** Every request ends exactly once, in its time; what its row says adds up. */
export function ending({ rows, requests, ended, config, latest }: Watched, { run }: Scene): readonly string[] {
  const problems: string[] = [];
  const isWhole = ended === 'complete';
  if (ended === 'never') problems.push('the run never ended');
  if (ended === 'left' && run.leftAt === undefined) problems.push('the run was left by nobody');
  if (ended === 'error' && !run.failFast) problems.push('the run errored');
  const indices = new Set(rows.map(({ index }) => index));
  if (indices.size !== rows.length) problems.push('a request has two rows');
  if (isWhole && rows.length !== requests.length)
    problems.push(`${String(rows.length)} rows of ${String(requests.length)}`);

  for (const { index, attempts, outcome, timing, usage, cost, deployment } of rows) {
    const say = (problem: string): void => void problems.push(`row ${String(index)}: ${problem}`);
    const { routing } = requests[index] ?? {};
    const totalMs =
      routing?.timeouts?.totalMs ??
      Math.max(config.timeouts?.totalMs ?? Infinity, latest.timeouts?.totalMs ?? Infinity);
    if (timing.elapsedMs > totalMs + 1) say(`took ${String(timing.elapsedMs)} ms of ${String(totalMs)}`);
    const successes = attempts.filter((one) => one.ended === 'ok');
    if (run.failFast && outcome._tag === 'Left') say('a failure, and the run is to fail fast');
    if (successes.length !== (outcome._tag === 'Right' ? 1 : 0)) say(`${String(successes.length)} calls succeeded`);
    if (outcome._tag === 'Right' && successes[0]?.deployment !== deployment) say('another deployment answered');
    if (outcome._tag === 'Left' && outcome.left.attempts.length !== attempts.length)
      say('its failure has other attempts');
    const tokens = attempts.reduce((sum, one) => sum + (one.usage?.totalTokens ?? 0), 0);
    if (usage.totalTokens !== tokens) say(`${String(usage.totalTokens)} tokens, and ${String(tokens)} in its attempts`);
    const usd = attempts.reduce((sum, one) => sum + (one.cost ?? 0), 0);
    if (Math.abs((cost ?? 0) - usd) > 1e-9) say(`USD ${String(cost)}, and ${String(usd)} in its attempts`);
  }
  return problems;
}
