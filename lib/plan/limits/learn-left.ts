import type { DeploymentState } from '../deployment';
import { correct, type Rate } from './rate';

/** The headers of a reply, and when they came, on the router's clock (ms). */
export interface Heard {
  readonly headers: Readonly<Record<string, string>>;
  readonly at: number;
}

/** What providers call what is left of a limit: OpenAI and those compatible with it, Anthropic. */
const headersOf: Readonly<Record<Rate['counts'], readonly string[]>> = {
  requests: ['x-ratelimit-remaining-requests', 'anthropic-ratelimit-requests-remaining'],
  tokens: ['x-ratelimit-remaining-tokens', 'anthropic-ratelimit-tokens-remaining'],
};

/**
 * Learns from the headers of a reply, when its call has been settled, what is left of the limits that its deployment draws on, when that
 * is less than we thought. When they will be whole again (`-reset`) is not used: vendors refill all the time, and mean the time until the
 * last of it is back.
 */
export function learnLeft({ draws }: Pick<DeploymentState, 'draws'>, { headers, at }: Heard, now: number): void {
  for (const draw of draws) {
    const said = headersOf[draw.counts].map((name) => headers[name]).find((value) => value !== undefined);
    const left = said === undefined || said.trim() === '' ? NaN : Number(said);
    if (left >= 0) correct(draw, left, at, now);
  }
}
