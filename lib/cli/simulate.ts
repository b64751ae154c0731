import { firstValueFrom, merge } from 'rxjs';
import { codeOf } from '../node/file-error';
import { simulateProviders } from '../testing/index';
import type { Io } from './io';
import { UsageError } from './usage-error';

export interface SimulateOptions {
  readonly port?: number | undefined;
  readonly seed?: number | undefined;
  readonly p50?: number | undefined;
  readonly p99?: number | undefined;
  readonly perToken?: number | undefined;
  readonly rps?: number | undefined;
  readonly burst?: number | undefined;
  /** `500=0.1`, `reset=0.05`, … */
  readonly fault: readonly string[];
}

const taken = 'something else is there: take another one, or none for any free one';

/** The command `simulate`: the simulated providers as a server of their own, until Ctrl-C. Resolves to the exit code. */
export async function simulate(options: SimulateOptions, io: Io): Promise<number> {
  const { port, seed, p50, p99, perToken, rps, burst, fault } = options;
  if (p50 === undefined && (p99 ?? perToken) !== undefined)
    throw needs(p99 === undefined ? '--per-token' : '--p99', '--p50', 'MS');
  if (rps === undefined && burst !== undefined) throw needs('--burst', '--rps', 'N');
  const server = await simulateProviders({
    port,
    seed,
    latency: p50 === undefined ? undefined : { p50Ms: p50, p99Ms: p99 ?? p50 * 4, perTokenMs: perToken },
    rateLimit: rps === undefined ? undefined : { rps, burst },
    faults: faultsOf(fault),
  }).catch((reason: unknown) => {
    throw codeOf(reason) === 'EADDRINUSE' ? new UsageError(`--port ${String(port)}: ${taken}`) : reason;
  });
  io.out(
    [
      `simulated providers, with made-up answers, at ${server.url}`,
      `  OpenAI     ${server.url}/v1      rx-fanout run INPUT -o OUT --base-url ${server.url}/v1 --model simulated`,
      `  Anthropic  ${server.url}`,
      `  Gemini     ${server.url}`,
      'Ctrl-C ends it',
      '',
    ].join('\n'),
  );
  await firstValueFrom(merge(io.interrupts$, io.terminations$), { defaultValue: undefined });
  const { requests, maxInFlight, aborted, byStatus } = server.stats();
  await server.close();
  const statuses = Object.entries(byStatus).map(([status, n]) => `${status}: ${String(n)}`);
  io.out(
    `\n${String(requests)} requests, ${String(maxInFlight)} at a time at most, ${String(aborted)} aborted (${statuses.join(', ') || 'none answered'})\n`,
  );
  return 0;
}

function needs(option: string, other: string, value: string): UsageError {
  return new UsageError(`${option} says nothing without ${other}: add ${other} ${value}`);
}

/** Shares by the name of the fault; numbers are statuses. */
function faultsOf(
  faults: readonly string[],
): Parameters<typeof simulateProviders>[0] extends infer O ? (O extends { faults?: infer F } ? F : never) : never {
  const status: Record<number, number> = {};
  const others: Record<string, number> = {};
  for (const fault of faults) {
    const [, name, share] = /^(\w+)=([\d.]+)$/.exec(fault) ?? [];
    if (name === undefined)
      throw new UsageError(`--fault ${fault}: write NAME=SHARE, e.g. --fault 500=0.1 or --fault reset=0.05`);
    if (/^\d+$/.test(name)) status[Number(name)] = Number(share);
    else others[name] = Number(share);
  }
  return { status, ...others };
}
