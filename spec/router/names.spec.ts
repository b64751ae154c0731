import type { RouterConfig } from '../../lib/config/router-config';
import type { CompletionError } from '../../lib/domain/error';
import type { CompletionRequest } from '../../lib/domain/request';
import { openai } from '../../lib/provider/openai/openai';
import { openAICompatible } from '../../lib/provider/openai/openai-compatible';
import { createRouter } from '../../lib/router';
import { fakeProvider, virtualTime, type FakeProvider } from '../../lib/testing/index';
import { allOf } from '../support/all-of';
import { brief } from '../support/brief';
import { closing } from '../support/closing';
import { rawReply } from '../support/raw-reply';
import { rowsOf } from '../support/rows-of';
import { scriptedServer } from '../support/scripted-server';

type Named = Pick<CompletionRequest, 'model' | 'routing'>;

/** Answers with the model that was called. */
const fake = (model: string): Omit<FakeProvider, 'calls'> => ({
  ...fakeProvider(({ model: called }) => ({ text: String(called) })),
  provider: openAICompatible({ name: 'fake', model, baseURL: 'http://fake.invalid/v1' }),
});
const fast = { group: 'fast', ...fake('a') };
const smart = { group: 'smart', ...fake('b') };
const several: Partial<RouterConfig> = {
  deployments: [{ ...fast, id: 'one' }, { ...fast, id: 'two' }, smart],
  aliases: { best: 'smart', finest: 'best', second: 'two', constructor: 'fast' },
};
const wild: Partial<RouterConfig> = {
  deployments: [
    { group: 'openai/*', ...fake('*') },
    { group: 'openai/gpt-4o', ...fake('exact') },
    { group: 'openai/ft:*', ...fake('ft:*') },
    { group: 'openai/*-mini', ...fake('fixed') },
  ],
  aliases: { mine: 'openai/gpt-5', 'openai/his': 'openai/hers' },
};

/** What a request for this is answered with: the vendor's model that was called, and which deployment did. */
function answers(config: Partial<RouterConfig>, ...asked: readonly Named[]) {
  const router = createRouter({ ...virtualTime, deployments: [fast], ...config });
  const requests = asked.map((named): CompletionRequest => ({ ...named, messages: [{ role: 'user', content: 'x' }] }));
  return rowsOf(() => router.parallel$(requests, { order: 'input' }));
}

function refusalOf(config: Partial<RouterConfig>, named: Named): CompletionError {
  const [row] = answers(config, named);
  if (row?.outcome._tag !== 'Left') throw new Error('it was not refused');
  expect(row.attempts).toEqual([]);
  return row.outcome.left;
}

describe('model', () => {
  it.each<[string, string]>([
    ['a group', 'fast'],
    ['an alias', 'constructor'],
  ])('may be %s', (_, model) => {
    expect(answers(several, { model }).map(brief)).toEqual(['a']);
  });

  it.each<[string, string]>([
    ['an alias', 'best'],
    ['an alias of an alias', 'finest'],
  ])('may be %s of another group', (_, model) => {
    expect(answers(several, { model }).map(brief)).toEqual(['b']);
  });

  it.each<[string, string, string]>([
    ['the id of a deployment', 'two', 'two'],
    ['an id that was not given', 'smart/fake/b', 'smart/fake/b'],
    ['an alias for an id', 'second', 'two'],
  ])('may be %s: that one alone is asked', (_, model, id) => {
    const rows = answers(several, ...Array<Named>(9).fill({ model }));
    expect([...new Set(rows.map(({ deployment }) => deployment))]).toEqual([id]);
  });

  it('is a group before it is an id', () => {
    const deployments = [
      { ...fast, id: 'smart' },
      { ...smart, id: 'other' },
    ];
    expect(answers({ deployments }, { model: 'smart' }).map(brief)).toEqual(['b']);
  });

  it.each([
    ['the only group', {}, 'a'],
    ['the default group', { ...several, defaultModel: 'smart' }, 'b'],
    ['the default, an alias', { ...several, defaultModel: 'finest' }, 'b'],
    ['the default, an id', { ...several, defaultModel: 'smart/fake/b' }, 'b'],
    ['the default, of a wildcard group', { ...wild, defaultModel: 'openai/gpt-5' }, 'gpt-5'],
  ])('may be absent: then it is %s', (_, config, text) => {
    expect(answers(config, {}).map(brief)).toEqual([text]);
  });

  it('that means nothing is refused with the names there are', () => {
    expect(refusalOf(several, { model: 'large' })).toMatchObject({
      _tag: 'BadRequest',
      param: 'model',
      message:
        "the request was not sent: model: no group 'large'; groups are fast, smart; aliases are best, finest, second, constructor",
    });
  });

  it('that means nothing is refused with some of the names where they are very many', () => {
    const deployments = Array.from({ length: 1000 }, (_, i) => ({ ...fast, group: `g${String(i)}` }));
    expect(refusalOf({ deployments }, { model: 'large' }).message).toMatch(/groups are g0, .*, g19 and 980 more$/);
  });
});

describe('a wildcard group', () => {
  const opened = closing();

  it.each<[string, string, string]>([
    ['a name of its form', 'openai/gpt-5', 'gpt-5'],
    ['a name with further slashes', 'openai/o/p?q#..', 'o/p?q#..'],
    ['a group by its own name first', 'openai/gpt-4o', 'exact'],
    ['the form that says most', 'openai/ft:gpt-5', 'ft:gpt-5'],
    ['the form that says most, wherever its star', 'openai/gpt-5-mini', 'fixed'],
    ['what an alias stands for', 'mine', 'gpt-5'],
    ['an alias first', 'openai/his', 'hers'],
  ])('serves %s', (_, model, called) => {
    expect(answers(wild, { model }).map(brief)).toEqual([called]);
  });

  it('serves every name, if it is all star', () => {
    const deployments = [{ group: '*', ...fake('*') }, fast];
    expect(answers({ deployments }, { model: 'any/thing' }, { model: 'fast' }).map(brief)).toEqual(['any/thing', 'a']);
  });

  it('serves many models with the limits of one deployment', () => {
    const deployments = [{ group: 'openai/*', ...fake('*'), id: 'one' }];
    const rows = answers({ deployments }, { model: 'openai/a' }, { model: 'openai/b' });
    expect(rows.map((row) => [brief(row), row.deployment])).toEqual([
      ['a', 'one'],
      ['b', 'one'],
    ]);
  });

  it('serves no model without a name', () => {
    expect(refusalOf(wild, { model: 'openai/' })).toMatchObject({ _tag: 'BadRequest', param: 'model' });
  });

  it.each<[string, Named]>([
    ['its own name', { model: 'openai/*' }],
    ['a deployment of it', { model: 'openai/*/fake/*' }],
    ['what is no name', { model: 'openai/..' }],
  ])('of any model, asked by %s, sends nothing', (_, named) => {
    const script = fakeProvider([{ text: 'ok' }]);
    const any = { group: 'openai/*', ...script, provider: fake('*').provider };
    const [row] = answers({ deployments: [any] }, named);
    expect(row?.outcome).toMatchObject({ left: { _tag: 'BadRequest', provider: 'fake', param: 'model' } });
    expect(script.calls).toEqual([]);
  });

  it.each([404, 403])('has no worse a name for a model that is not to be had: %i', (status) => {
    const script = fakeProvider(({ model }) => (model === 'gpt-5' ? { text: 'ok' } : { status }));
    const router = createRouter({
      ...virtualTime,
      deployments: [{ group: 'openai/*', ...script, provider: fake('*').provider }],
    });
    const models = ['openai/gpt-50', 'openai/gpt-5'];
    const requests = models.map((model) => ({ model, messages: [{ role: 'user' as const, content: 'x' }] }));
    const rows = rowsOf(() => router.parallel$(requests, { concurrency: 1 }));
    expect(rows.map(brief)).toEqual([status === 404 ? '!NotFound' : '!PermissionDenied', 'ok']);
    expect(router.snapshot().deployments).toMatchObject([{ failed: 1, health: 'open' }]);
  });

  it('is asked by its own name where its model is fixed', () => {
    const deployments = [{ group: 'openai/*', ...fake('fixed') }];
    expect(answers({ deployments }, { model: 'openai/*' }, {}).map(brief)).toEqual(['fixed', 'fixed']);
  });

  it("reaches the vendor's model at a server", async () => {
    const completion = {
      choices: [{ index: 0, message: { role: 'assistant', content: 'ok' }, finish_reason: 'stop' }],
    };
    const server = opened(await scriptedServer((socket) => socket.write(rawReply(JSON.stringify(completion)))));
    const provider = openai({ model: '*', apiKey: 'k', baseURL: `${server.url}/v1` });
    const router = opened(createRouter({ deployments: [{ group: 'openai/*', provider }] }));
    const [answer] = await allOf(
      router.completion$({ model: 'openai/gpt-x', messages: [{ role: 'user', content: 'x' }] }),
    );
    expect(JSON.parse(server.requests[0]?.body ?? '')).toMatchObject({ model: 'gpt-x' });
    expect(answer?.model).toBe('gpt-x');
  });
});

describe('routing.deployment', () => {
  const to = (deployment: string, model?: string): Named => ({ model, routing: { deployment } });

  it.each<[string, Named, string]>([
    ['names one of the group', to('two', 'fast'), 'two'],
    ['names one of what an alias stands for', to('smart/fake/b', 'finest'), 'smart/fake/b'],
    ['names its group as well', to('two'), 'two'],
    ['goes before the default', to('smart/fake/b'), 'smart/fake/b'],
    ['may say what model says', to('two', 'two'), 'two'],
  ])('%s', (_, named, id) => {
    const rows = answers({ ...several, defaultModel: 'fast' }, ...Array<Named>(9).fill(named));
    expect([...new Set(rows.map(({ deployment }) => deployment))]).toEqual([id]);
  });

  it('leaves the star of a wildcard group to the model', () => {
    expect(answers(wild, to('openai/*/fake/*', 'openai/gpt-5')).map(brief)).toEqual(['gpt-5']);
  });

  it.each<[string, Named, string]>([
    ['means nothing', to('three'), "no deployment 'three'; deployments are one, two, smart/fake/b"],
    [
      'is of another group',
      to('smart/fake/b', 'fast'),
      "no deployment 'smart/fake/b' of 'fast'; deployments are one, two",
    ],
    ['is not what model says', to('one', 'two'), "no deployment 'one' of 'two'; deployments are two"],
  ])('is refused when it %s', (_, named, said) => {
    expect(refusalOf(several, named)).toMatchObject({
      _tag: 'BadRequest',
      param: 'routing.deployment',
      message: `the request was not sent: routing.deployment: ${said}`,
    });
  });

  it('is refused with its model when that means nothing', () => {
    expect(refusalOf(several, to('one', 'large'))).toMatchObject({ param: 'model' });
  });
});

describe('a fallback', () => {
  const broken = fakeProvider([{ status: 401 }]);
  const deployments = [
    { group: 'down', ...broken },
    { group: 'away/*', ...broken, provider: fake('*').provider },
    { group: 'openai/*', ...fake('*') },
    fast,
  ];

  it.each<[string, Partial<RouterConfig>, Named, string]>([
    ['to a model of a wildcard group', { fallbacks: { down: ['openai/gpt-5'] } }, { model: 'down' }, 'gpt-5'],
    ['to an alias', { fallbacks: { '*': ['mine'] } }, { model: 'down' }, 'gpt-5'],
    ['of a wildcard group', { fallbacks: { 'away/*': ['fast'] } }, { model: 'away/x' }, 'a'],
    ['of one of its models', { fallbacks: { 'away/*': ['down'], 'away/x': ['fast'] } }, { model: 'away/x' }, 'a'],
    ['of an alias for one of its models', { fallbacks: { far: ['fast'] } }, { model: 'away/x' }, 'a'],
    ['of one request', {}, { model: 'down', routing: { fallbacks: ['openai/gpt-5'] } }, 'gpt-5'],
  ])('%s', (_, config, named, text) => {
    const aliases = { mine: 'openai/gpt-5', far: 'away/x' };
    expect(answers({ deployments, aliases, ...config }, named).map(brief)).toEqual([text]);
  });
});
