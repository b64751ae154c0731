export type { CompletionRequest } from '../domain/request';
export type { CooldownHint, Lease, Shared } from '../plan/limits/shared';
export { fakeProvider, type FakeCall, type FakeProvider } from './fake-provider';
export type { FakeReply, FakeScript } from './fake-reply';
export { fakeShared, type FakeShared, type FakeSharedOptions } from './fake-shared';
export { simulateProviders, type SimulatedProviders } from './simulate/simulate-providers';
export type { SimulationFaults, SimulationLatency, SimulationOptions, SimulationRateLimit } from './simulate/options';
export type { SimulationStats } from './simulate/ledger';
export { virtualTime } from './virtual-time';
