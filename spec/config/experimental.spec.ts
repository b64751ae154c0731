import type { RouterConfig } from '../../lib/config/router-config';
import { createRouter } from '../../lib/router';
import { fakeProvider } from '../../lib/testing/index';

const variable = 'RX_FANOUT_EXPERIMENTAL';
const create = (config: Partial<RouterConfig> = { hedge: { afterMs: 100 } }) =>
  createRouter({ deployments: [{ group: 'g', ...fakeProvider([{ text: 'ok' }]) }], ...config });
const refusal = "experimental feature 'hedge' is off: enable it with createRouter({ experimental: ['hedge'] })";

describe('an experimental feature', () => {
  const before = process.env[variable];
  const { process: real } = globalThis;

  beforeEach(() => {
    delete process.env[variable]; // eslint-disable-line @typescript-eslint/no-dynamic-delete -- the runner's own
  });
  afterEach(() => {
    globalThis.process = real;
    if (before === undefined)
      delete process.env[variable]; // eslint-disable-line @typescript-eslint/no-dynamic-delete -- as it was
    else process.env[variable] = before;
  });

  it('that is used while it is off is refused, in words that say how to switch it on', () => {
    expect(() => create()).toThrow(new Error(refusal));
    expect(() => create({ hedge: { afterMs: 100 }, experimental: [] })).toThrow(refusal);
  });

  it('that is not used is none of its business', () => {
    expect(create({})).toHaveProperty('parallel$');
    expect(create({ hedge: undefined })).toHaveProperty('parallel$');
    expect(create({ experimental: ['hedge'] })).toHaveProperty('parallel$');
  });

  it('is on where the configuration says so', () => {
    expect(create({ hedge: { afterMs: 100 }, experimental: ['hedge'] })).toHaveProperty('parallel$');
  });

  it.each(['1', 'true', 'TRUE', 'Yes', 'on', ' on ', 'hedge', 'Hedge', 'warp, hedge', ',hedge,'])(
    'is on where the environment says %j',
    (value) => {
      process.env[variable] = value;
      expect(create()).toHaveProperty('parallel$');
    },
  );

  it.each(['', '0', 'false', 'no', 'off', 'warp', 'hedges', '10', 'warp,1'])('is off where it says %j', (value) => {
    process.env[variable] = value;
    expect(() => create()).toThrow(refusal);
  });

  it('is looked up at each call', () => {
    expect(() => create()).toThrow(refusal);
    process.env[variable] = '1';
    expect(create()).toHaveProperty('parallel$');
    delete process.env[variable]; // eslint-disable-line @typescript-eslint/no-dynamic-delete -- set above
    expect(() => create()).toThrow(refusal);
  });

  it.each<[string, unknown]>([
    ['no process', undefined],
    ['a process without an env', {}],
  ])('is off, and no fault, where there is %s', (_, process) => {
    (globalThis as { process: unknown }).process = process;
    expect(() => create()).toThrow(refusal);
  });

  it('is no matter of ConfigError: the configuration is right', () => {
    expect(() => create({ hedge: { afterMs: -1 } })).toThrow(/hedge\.afterMs/);
    expect(() => create()).toThrow(expect.objectContaining({ name: 'Error' }));
  });
});
