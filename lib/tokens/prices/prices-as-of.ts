/** The day that `prices` tell of, as an ISO date: that of their youngest source. Vendors change prices without a word; look at it before a large run. */
export const pricesAsOf = '2026-11-21';
