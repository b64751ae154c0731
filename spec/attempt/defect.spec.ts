import { concat, EMPTY, NEVER, throwError } from 'rxjs';
import type { Provider } from '../../lib/provider/provider';
import { createRouter } from '../../lib/router';
import { fakeProvider, virtualTime } from '../../lib/testing/index';
import type { Transport } from '../../lib/transport/transport';
import { brief } from '../support/brief';
import { rowsOf } from '../support/rows-of';

const secret = 'sk-secret-of-a-defect';
class Broken extends Error {}
const breaks = (): never => {
  throw new Broken(`holds ${secret}`);
};
const { provider, transport } = fakeProvider([{ text: 'ok' }]);
const refusing = fakeProvider([{ status: 400 }]).transport;
const refusing401 = fakeProvider([{ status: 401 }]).transport;
/** As axios throws it: the key in its config, the prompt in its message. */
const asAxios = Object.assign(new Error(`failed ${secret}`), {
  isAxiosError: true,
  code: 'ECONNRESET',
  config: { headers: { authorization: `Bearer ${secret}` }, data: secret },
});

interface Case {
  readonly of: string;
  readonly provider?: Partial<Provider>;
  readonly transport?: Transport;
  readonly tag?: string;
}

const cases: readonly Case[] = [
  { of: 'toCall throws', provider: { toCall: breaks } },
  { of: 'toCompletion throws', provider: { toCompletion: breaks } },
  { of: 'toError throws', provider: { toError: breaks }, transport: refusing },
  { of: 'key throws', provider: { key: breaks } },
  { of: 'key errors', provider: { key: () => throwError(() => new Broken(secret)) } },
  { of: 'the transport throws', transport: breaks },
  { of: 'the transport errors with a stranger', transport: () => throwError(() => asAxios) },
  // eslint-disable-next-line rxjs-x/throw-error -- others do
  { of: 'the transport errors with no error', transport: () => throwError(() => secret) },
  // eslint-disable-next-line rxjs-x/throw-error -- others do
  { of: 'the transport errors with nothing', transport: () => throwError(() => undefined) },
  { of: 'the transport ends without a reply', transport: () => EMPTY },
];

describe('functions of the user that break', () => {
  it.each(cases)('$of: a Defect, once, of that request alone, and no place is lost', (broken) => {
    let calls = 0;
    const router = createRouter({
      ...virtualTime,
      deployments: [
        {
          group: 'fake',
          provider: { ...provider, ...broken.provider },
          transport: (call) => {
            calls += 1;
            return (broken.transport ?? transport)(call);
          },
          maxParallel: 1,
        },
      ],
    });
    const rows = rowsOf(() => router.parallel$(['one', 'two', 'three']));
    expect(rows.map(brief)).toEqual(['!Defect', '!Defect', '!Defect']);
    expect(calls).toBeLessThanOrEqual(3);
    expect(rows.map(({ attempts }) => attempts.length)).toEqual([1, 1, 1]);
    expect(JSON.stringify(rows)).not.toContain(secret);
    expect(router.snapshot()).toMatchObject({ waiting: 0, deployments: [{ inFlight: 0, health: 'open' }] });
  });

  it('name the deployment, the provider and the place, not what was said', () => {
    const deployment = { group: 'fake', transport, provider: { ...provider, toCall: breaks } };
    const [row] = rowsOf(() => createRouter({ ...virtualTime, deployments: [deployment] }).result$('hello'));
    const error = row?.outcome._tag === 'Left' ? row.outcome.left : undefined;
    expect(error).toMatchObject({ deployment: 'fake/fake/fake', provider: 'fake' });
    expect(error?.message).toMatch(
      /^fake\/fake\/fake: its provider 'fake' or its transport threw a Broken at .*defect\.spec\.ts/,
    );
  });

  it('a key function that ends without a key: the provider says so', () => {
    const needsKey: Provider['toCall'] = (request, options) =>
      options.key === undefined ? breaks() : provider.toCall(request, options);
    const deployment = { group: 'fake', transport, provider: { ...provider, toCall: needsKey, key: () => EMPTY } };
    const router = createRouter({ ...virtualTime, deployments: [deployment] });
    expect(rowsOf(() => router.result$('hello')).map(brief)).toEqual(['!Defect']);
    expect(router.snapshot().deployments).toMatchObject([{ inFlight: 0 }]);
  });

  it('a transport that does not end after its reply is left', () => {
    const stays: Transport = (call) => concat(transport(call), NEVER);
    const endless: Transport = () => NEVER;
    const router = createRouter({
      ...virtualTime,
      timeouts: { attemptMs: 50 },
      maxRetries: 0,
      deployments: [
        { group: 'stays', provider, transport: stays },
        { group: 'endless', provider, transport: endless },
      ],
    });
    const messages = [{ role: 'user', content: 'hello' }] as const;
    const requests = ['stays', 'endless'].map((model) => ({ model, messages }));
    expect(rowsOf(() => router.parallel$(requests)).map(brief)).toEqual(['ok', '!Timeout attempt']);
  });

  it('a provider that cannot say what it serves is named, in the first group and in a fallback', () => {
    const unable: Provider = { ...provider, name: 'mine', unserved: breaks };
    const router = createRouter({
      ...virtualTime,
      deployments: [
        { group: 'first', provider, transport: refusing401 },
        { group: 'mixed', provider, transport },
        { group: 'mixed', provider: unable, transport },
      ],
      fallbacks: { first: ['mixed'] },
    });
    const messages = [{ role: 'user', content: 'hello' }] as const;
    const rows = rowsOf(() =>
      router.parallel$([
        { model: 'mixed', messages },
        { model: 'first', messages },
      ]),
    );
    const said = rows.map(({ outcome }) => (outcome._tag === 'Left' ? outcome.left.message : 'ok'));
    expect(said).toEqual([
      expect.stringMatching(/^unserved of the provider 'mine' threw a Broken at /),
      expect.stringMatching(/^unserved of the provider 'mine' threw a Broken at /),
    ]);
  });

  it('a random that throws fails the request that needed it, not the line', () => {
    let broken = true;
    const slow = fakeProvider([{ afterMs: 10, text: 'ok' }]);
    const router = createRouter({
      ...virtualTime,
      random: () => (broken ? breaks() : 0),
      deployments: [
        { group: 'fake', ...slow, maxParallel: 1 },
        { group: 'fake', ...slow, maxParallel: 1 },
      ],
    });
    expect(rowsOf(() => router.parallel$(Array(4).fill('hello'))).map(brief)).toEqual(Array(4).fill('!Defect'));
    broken = false;
    expect(rowsOf(() => router.parallel$(Array(4).fill('hello'))).map(brief)).toEqual(Array(4).fill('ok'));
    expect(router.snapshot()).toMatchObject({ waiting: 0, deployments: [{ inFlight: 0 }, { inFlight: 0 }] });
  });
});
