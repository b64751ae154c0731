import { rate, setLimit, type Rate } from './rate';

/** The limits of a configuration. One that is known already goes on under its new limit: what was taken is taken. */
export function ratesOf(
  { rpm, tpm }: { readonly rpm?: number | undefined; readonly tpm?: number | undefined },
  known: readonly Rate[] = [],
): readonly Rate[] {
  const rateOf = (counts: Rate['counts'], limit: number | undefined): readonly Rate[] => {
    if (limit === undefined) return [];
    const same = known.find((one) => one.counts === counts);
    if (same !== undefined) setLimit(same, limit);
    return [same ?? rate(counts, limit)];
  };
  return [...rateOf('requests', rpm), ...rateOf('tokens', tpm)];
}
