import { catchError, lastValueFrom, map, of } from 'rxjs';
import type { RouterConfig } from '../../index';
import { countTokens } from '../../tokens/count-tokens';
import { encoding } from '../../tokens/encoding';
import { prices } from '../../tokens/prices/prices';

/**
 * A configuration with what the program knows by itself: list prices, and how to count tokens where `gpt-tokenizer` is installed. What the
 * configuration says comes first.
 */
export async function withOwnKnowledge(config: RouterConfig): Promise<RouterConfig> {
  const loaded$ = encoding('o200k_base').pipe(
    map(() => true),
    catchError(() => of(false)),
  );
  const canCount = await lastValueFrom(loaded$, { defaultValue: false });
  return { ...(canCount ? { countTokens } : {}), ...config, prices: { ...prices, ...config.prices } };
}
