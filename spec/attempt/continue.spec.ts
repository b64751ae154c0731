import { map } from 'rxjs';
import type { RouterConfig } from '../../lib/config/router-config';
import type { CompletionRequest } from '../../lib/domain/request';
import { accumulate } from '../../lib/accumulate';
import { text } from '../../lib/domain/completion';
import { createRouter } from '../../lib/router';
import { fakeProvider, virtualTime, type FakeScript } from '../../lib/testing/index';
import { heard, told } from '../support/heard';
import { inVirtualTime } from '../support/in-virtual-time';
import { rowsOf } from '../support/rows-of';

const user = { role: 'user', content: 'hello' } as const;
const failed = { error: { message: 'The server had an error', type: 'server_error', code: null } };
const said = (delta: object, index = 0) => ({ choices: [{ index, delta, finish_reason: null }] });

function asked(script: FakeScript, config: Partial<RouterConfig> = {}) {
  const fake = fakeProvider(script);
  const deployments = [{ group: 'fake', ...fake }];
  return { fake, ...createRouter({ ...virtualTime, onStreamBreak: 'continue', deployments, ...config }) };
}

/** The events of one request, in a word each, and what each call was sent. */
function toldOf(script: FakeScript, request: Partial<CompletionRequest> = {}) {
  const { fake, parallelStream$ } = asked(script);
  const events = rowsOf(() => parallelStream$([{ messages: [user], ...request }]));
  const [result] = events.flatMap((event) => (event.type === 'result' ? [event.result] : []));
  return { words: events.map(told).join('|'), result, sent: fake.calls.map(({ request: { messages } }) => messages) };
}

describe('a broken stream that is to be continued', () => {
  it('goes on where it broke off: the text so far is the beginning of the answer', () => {
    inVirtualTime(({ expectObservable, flush }) => {
      const { fake, stream$ } = asked([{ everyMs: 1, chunks: ['A', ' ch'], fail: 'cut' }, { chunks: ['erry'] }]);
      const words = { A: 'A', c: ' ch', e: 'erry', '.': '.stop', u: 'u' };
      expectObservable(stream$('hello').pipe(map(heard))).toBe('Ac 499ms (e.u|)', words);
      flush();
      expect(fake.calls.map(({ request }) => request.messages)).toEqual([
        [user],
        [user, { role: 'assistant', content: 'A ch' }],
      ]);
    });
  });

  it('is one answer in its row, without a restart, and its usage that of both attempts', () => {
    const { words, result } = toldOf([{ chunks: ['A ch', failed] }, { chunks: ['erry'] }]);
    expect(words).toBe('0>|0A ch|0erry|0.stop|0u|0=A cherry');
    expect(result).toMatchObject({
      outcome: { right: { id: 'chatcmpl-fake-0', choices: [{ finish_reason: 'stop' }, ...[]] } },
      attempts: [
        { ended: 'failed', usage: { completionTokens: 1 } },
        { ended: 'ok', usage: { completionTokens: 1 } },
      ],
    });
    expect(result?.usage.completionTokens).toBe(2);
  });

  it('accumulates to the joined answer', () => {
    const { stream$ } = asked([{ chunks: ['A ch'], fail: 'reset' }, { chunks: ['erry'] }]);
    expect(rowsOf(() => stream$('hello').pipe(accumulate(), map(text)))).toEqual(['A cherry']);
  });

  it('goes on again from all of it when it breaks again, and when there is nothing more to hear', () => {
    const { words, sent } = toldOf([
      { chunks: ['A'], fail: 'cut' },
      { chunks: ['ch'], fail: 'cut' },
      { chunks: ['erry'] },
    ]);
    expect(words).toBe('0>|0A|0ch|0erry|0.stop|0u|0=Acherry');
    expect(sent.at(-1)).toEqual([user, { role: 'assistant', content: 'Ach' }]);
    const silent = toldOf([{ chunks: ['A'], fail: 'cut' }, { status: 500 }, { chunks: [] }]);
    expect(silent.words).toBe('0>|0A|0.stop|0u|0=A');
    expect(silent.sent.at(-1)).toEqual([user, { role: 'assistant', content: 'A' }]);
  });

  it('sends no white space at the end, which vendors refuse, and takes none twice', () => {
    const { words, sent } = toldOf([{ chunks: ['A  \n'], fail: 'cut' }, { chunks: [' ', ' cherry'] }]);
    expect(sent.at(-1)).toEqual([user, { role: 'assistant', content: 'A' }]);
    expect(words).toBe('0>|0A  \n|0_|0cherry|0.stop|0u|0=A  \ncherry');
  });

  it('keeps the white space that it ended with when the rest begins without', () => {
    expect(toldOf([{ chunks: ['A '], fail: 'cut' }, { chunks: ['cherry  tree'] }]).words).toContain('0=A cherry  tree');
  });

  it('keeps what was thought before', () => {
    const { result } = toldOf([
      { chunks: [said({ reasoning_content: 'fruit?' }), 'A ch'], fail: 'cut' },
      { chunks: ['erry'] },
    ]);
    expect(result?.outcome).toMatchObject({
      right: { choices: [{ message: { content: 'A cherry', reasoning: 'fruit?' } }] },
    });
  });

  it('fails with all that was heard when no attempt ends it', () => {
    const { result, sent } = toldOf([{ chunks: ['A'], fail: 'cut' }, { chunks: ['ch'], fail: 'cut' }, { status: 500 }]);
    expect(result?.outcome).toMatchObject({ left: { _tag: 'ServerError', partial: 'Ach' } });
    expect(sent).toHaveLength(3);
  });

  it.each<[string, FakeScript, Partial<CompletionRequest>]>([
    [
      'a tool call',
      [{ chunks: ['A', said({ tool_calls: [{ index: 0, id: 'x', function: { name: 'f' } }] })], fail: 'cut' }],
      {},
    ],
    ['a refusal', [{ chunks: ['A', said({ refusal: 'No' })], fail: 'cut' }], {}],
    ['a second choice', [{ chunks: ['A', said({ content: 'B' }, 1)], fail: 'cut' }], {}],
    ['a second choice to come', [{ chunks: ['A'], fail: 'cut' }], { n: 2 }],
    ['nothing but thoughts', [{ chunks: [said({ reasoning_content: 'fruit?' })], fail: 'cut' }], {}],
    ['nothing but white space', [{ chunks: [' '], fail: 'cut' }], {}],
  ])('fails when there is %s', (_, script, request) => {
    const { result, sent } = toldOf(script, request);
    expect(result?.outcome).toMatchObject({ left: { _tag: 'Connection' } });
    expect(sent).toHaveLength(1);
  });

  it('fails with what it broke off with when the vendor takes no begun answer', () => {
    const refusal = {
      error: { message: 'This model does not support assistant message prefill', type: 'invalid_request_error' },
    };
    const { words, result } = toldOf([{ chunks: ['A ch', failed] }, { status: 400, body: refusal }]);
    expect(words).toBe('0>|0A ch|0=!ServerError');
    expect(result).toMatchObject({
      outcome: { left: { partial: 'A ch' } },
      attempts: [{ error: { _tag: 'ServerError' } }, { error: { _tag: 'BadRequest' } }],
    });
  });

  it('goes on with another group', () => {
    const [a, b] = [fakeProvider([{ chunks: ['A ch'], fail: 'cut' }]), fakeProvider([{ chunks: ['erry'] }])];
    const { parallelStream$ } = asked([{ text: '' }], {
      maxRetries: 0,
      defaultModel: 'a',
      fallbacks: { a: ['b'] },
      deployments: [
        { group: 'a', ...a },
        { group: 'b', ...b },
      ],
    });
    const words = rowsOf(() => parallelStream$(['hello']).pipe(map(told)));
    expect(words.join('|')).toBe('0>|0A ch|0erry|0.stop|0u|0=A cherry');
    expect(b.calls.map(({ request }) => request.messages)).toEqual([[user, { role: 'assistant', content: 'A ch' }]]);
  });

  it('begins anew for a request that nobody listens to', () => {
    const { fake, parallel$ } = asked([{ chunks: ['A'], fail: 'cut' }, { chunks: ['B'] }]);
    const [row] = rowsOf(() => parallel$([{ messages: [user], stream: true }]));
    expect(row?.outcome).toMatchObject({ right: { choices: [{ message: { content: 'B' } }] } });
    expect(fake.calls.map(({ request }) => request.messages)).toEqual([[user], [user]]);
  });
});
