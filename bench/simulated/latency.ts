/** Of all simulated servers: log-normal through these quantiles, 115 ms on average. */
export const latency = { p50Ms: 50, p99Ms: 1000 } as const;
