import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type {
  Deployment,
  DeploymentSnapshot,
  HealthConfig,
  RouterConfig,
  RouterEvent,
  RouterSnapshot,
  Routing,
  Timeouts,
} from '../lib/index';

const page = readFileSync(join(__dirname, '..', 'docs', 'routing.md'), 'utf8');
const tables = page.split('\n').filter((line) => line.startsWith('|'));
/** What stands as code in the first cells of tables: `.failed` is a deployment's in a snapshot, `deployments[].id` likewise. */
const told = new Set(
  tables.flatMap((row) => [...(row.split('|')[1] ?? '').matchAll(/`([^`]+)`/g)].map(([, code]) => code)),
);

type Every<Name extends PropertyKey> = Readonly<Record<Name, true>>;

/** Each list is typed by what it is a list of: a new field has to be added here, and so to the page. */
const router: Every<keyof Omit<RouterConfig, 'timeouts'>> = {
  deployments: true,
  defaultModel: true,
  aliases: true,
  strategy: true,
  maxRetries: true,
  retryPolicy: true,
  maxThrottles: true,
  throttleMs: true,
  health: true,
  quotas: true,
  budget: true,
  prices: true,
  countTokens: true,
  fallbacks: true,
  contextWindowFallbacks: true,
  contentPolicyFallbacks: true,
  maxFallbacks: true,
  hedge: true,
  experimental: true,
  shared: true,
  onStreamBreak: true,
  dropUnsupported: true,
  transport: true,
  caps: true,
  exposeBodies: true,
  random: true,
  now: true,
  wallNow: true,
};
const deployment: Every<keyof Deployment> = {
  group: true,
  provider: true,
  id: true,
  weight: true,
  order: true,
  rpm: true,
  tpm: true,
  maxParallel: true,
  quota: true,
  tags: true,
  price: true,
  contextWindow: true,
  reserveTokens: true,
  timeouts: true,
  cooldownMs: true,
  allowedFails: true,
  transport: true,
};
const clocks: Every<keyof Timeouts> = {
  totalMs: true,
  attemptMs: true,
  firstChunkMs: true,
  chunkMs: true,
  queueMs: true,
};
const health: Every<keyof HealthConfig> = { cooldownMs: true, allowedFails: true, whenExhausted: true, on429: true };
const routing: Every<keyof Routing> = {
  timeouts: true,
  maxRetries: true,
  fallbacks: true,
  priority: true,
  tags: true,
  deployment: true,
  dedupe: true,
  until: true,
};
const events: Every<RouterEvent['type']> = {
  'attempt-started': true,
  'attempt-succeeded': true,
  'attempt-failed': true,
  'attempt-aborted': true,
  'retry-scheduled': true,
  throttled: true,
  'limit-waited': true,
  'cooldown-entered': true,
  'cooldown-left': true,
  'fallback-taken': true,
  'hedge-sent': true,
  'field-dropped': true,
  'count-failed': true,
};
const snapshot: Every<keyof Omit<RouterSnapshot, 'deployments' | 'quotas' | 'budget'>> = {
  runs: true,
  waiting: true,
  retryBudget: true,
};
const ofDeployment: Every<keyof Omit<DeploymentSnapshot, 'id' | 'group'>> = {
  inFlight: true,
  learnedParallel: true,
  health: true,
  cause: true,
  cooledForMs: true,
  calls: true,
  failed: true,
  throttled: true,
  aborted: true,
  ledger: true,
  latency: true,
  firstTries: true,
  msPerToken: true,
  firstChunkMs: true,
  limits: true,
  usage: true,
  cost: true,
};

describe('the page on routing', () => {
  it.each([
    ['field of a configuration', router, ''],
    ['field of a deployment', deployment, ''],
    ['clock', clocks, 'timeouts.'],
    ['rule of health', health, 'health.'],
    ['field of routing', routing, 'routing.'],
    ['event', events, ''],
    ['field of a snapshot', snapshot, ''],
    ['field of a deployment in a snapshot', ofDeployment, '.'],
  ])('has every %s in a table', (_, names, prefix) => {
    expect(Object.keys(names).filter((name) => !told.has(`${prefix}${name}`))).toEqual([]);
  });
});
