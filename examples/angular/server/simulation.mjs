import { simulateProviders } from 'rx-fanout/testing';
import { startGateway } from './gateway.mjs';

const latency = { p50Ms: 350, p99Ms: 1500, perTokenMs: 12 };

/** The four providers, each with the options that the faults give it. */
const providers = {
  north: () => ({ seed: 1 }),
  east: (faults) => ({ seed: 2, faults: faults.has('stalls') ? { stall: 0.1, stallMidStream: 0.1 } : {} }),
  south: (faults) => ({
    seed: 3,
    faults: {
      status: faults.has('errors') ? { 500: 0.35 } : {},
      reset: faults.has('resets') ? 0.25 : 0,
    },
  }),
  west: (faults) => ({ seed: 4, rateLimit: faults.has('throttling') ? { rps: 2, burst: 2 } : undefined }),
};

const optionsOf = (name, faults) => ({
  latency,
  ...providers[name](faults),
  ...(faults.has('outage') ? { faults: { status: { 500: 1 } } } : {}),
});

/** Starts the simulated providers, with no faults. Their addresses stay while their faults change. */
export async function startSimulation() {
  const names = Object.keys(providers);
  const running = new Map();
  const gateways = new Map();

  const begin = async (faults) => {
    await Promise.all([...running.values()].map((server) => server.close()));
    for (const name of names) running.set(name, await simulateProviders(optionsOf(name, faults)));
  };
  let begun = begin(new Set());
  await begun;
  for (const name of names) gateways.set(name, await startGateway(() => running.get(name).url));

  return {
    /** Where each provider is. */
    deployments: () => names.map((id) => ({ id, baseURL: `${gateways.get(id).url}/v1` })),
    /** Starts all of them anew, with these faults: `errors`, `throttling`, `resets`, `stalls`, `outage`. Their counts begin again. */
    restart: (faults) => {
      begun = begun.then(() => begin(new Set(faults))); // one after the other: a page may be in a hurry
      return begun;
    },
    /** What each has seen since it was started. */
    stats: () => names.map((id) => ({ id, ...running.get(id).stats() })),
    close: async () => {
      for (const gateway of gateways.values()) gateway.close();
      await Promise.all([...running.values()].map((server) => server.close()));
    },
  };
}
