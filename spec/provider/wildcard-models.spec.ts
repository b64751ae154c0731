import { isLeft, right } from 'fp-ts/Either';
import type { CompletionRequest } from '../../lib/domain/request';
import { anthropic } from '../../lib/provider/anthropic/anthropic';
import { gemini } from '../../lib/provider/gemini/gemini';
import { azureOpenAI } from '../../lib/provider/openai/azure-openai';
import { openai } from '../../lib/provider/openai/openai';
import type { Provider } from '../../lib/provider/provider';
import { groq } from '../../lib/provider/vendors/groq';
import { ollama } from '../../lib/provider/vendors/ollama';
import type { Call, StreamEvent } from '../../lib/transport/transport';
import { replyOf } from './reply-of';

const request: CompletionRequest = { model: 'group', messages: [{ role: 'user', content: 'hello' }] };
const any = { model: '*', apiKey: 'k' };
const endpoint = 'https://acme.openai.azure.com';
const azure = (options: object = {}) => azureOpenAI({ ...any, endpoint, apiVersion: '2024-10-21', ...options });

function callOf(provider: Provider, model: string, fields: object = {}, stream = false): Call {
  const call = provider.toCall({ ...request, ...fields }, { stream, model });
  if (isLeft(call)) throw call.left;
  return call.right;
}

const bodyOf = (provider: Provider, model: string, fields?: object) =>
  JSON.parse(callOf(provider, model, fields).body) as Readonly<Record<string, unknown>>;

describe('a provider of any model', () => {
  const providers = [openai(any), groq(any), ollama(any), azure(), anthropic(any), gemini(any)];

  it.each(providers)('is sent nothing without one: $name', (provider) => {
    expect(provider.toCall(request, { stream: false })).toMatchObject({
      left: { _tag: 'BadRequest', param: 'model', provider: provider.name },
    });
  });

  it.each([openai(any), groq(any), ollama(any), azure(), anthropic(any)])(
    'names the model of the moment in its body: $name',
    (provider) => {
      expect([bodyOf(provider, 'one'), bodyOf(provider, 'two')]).toMatchObject([{ model: 'one' }, { model: 'two' }]);
    },
  );

  it.each([openai, groq, ollama, anthropic])('keeps a fixed model: %p', (made) => {
    expect(bodyOf(made({ ...any, model: 'mine' }), 'one')).toMatchObject({ model: 'mine' });
  });

  it('fills the star of a longer name', () => {
    expect(bodyOf(openai({ ...any, model: 'ft:*:acme' }), 'gpt-5')).toMatchObject({ model: 'ft:gpt-5:acme' });
  });

  it('has it in the address, where the vendor wants it there', () => {
    const base = 'https://generativelanguage.googleapis.com/v1beta';
    expect(callOf(gemini(any), 'gemini-3-pro').url).toBe(`${base}/models/gemini-3-pro:generateContent`);
    expect(callOf(gemini(any), 'tunedModels/mine', {}, true).url).toBe(
      `${base}/tunedModels/mine:streamGenerateContent?alt=sse`,
    );
    expect(callOf(gemini(any), 'a/../b?c#d').url).toBe(`${base}/models/a%2F..%2Fb%3Fc%23d:generateContent`);
    const path = `${endpoint}/openai/deployments`;
    expect(callOf(azure(), 'a/b').url).toBe(`${path}/a%2Fb/chat/completions?api-version=2024-10-21`);
    expect(callOf(azure({ deployment: 'team-*' }), 'gpt-5')).toMatchObject({
      url: `${path}/team-gpt-5/chat/completions?api-version=2024-10-21`,
      body: expect.stringContaining('"model":"team-gpt-5"') as string,
    });
    expect(callOf(azure({ apiVersion: undefined }), 'gpt-5').url).toBe(`${endpoint}/openai/v1/chat/completions`);
  });

  it('asks each model in its own way', () => {
    const effort = { reasoning_effort: 'low' };
    expect(bodyOf(anthropic(any), 'claude-3-7-sonnet', effort)).toMatchObject({ thinking: { type: 'enabled' } });
    expect(bodyOf(anthropic(any), 'claude-opus-4-7', effort)).toMatchObject({ thinking: { type: 'adaptive' } });
    const thinking = (model: string): unknown => bodyOf(gemini(any), model, effort)['generationConfig'];
    expect(thinking('gemini-2.5-pro')).toMatchObject({ thinkingConfig: { thinkingBudget: 1024 } });
    expect(thinking('gemini-3-pro')).toMatchObject({ thinkingConfig: { thinkingLevel: 'low' } });
  });
});

describe('an answer that does not name its model', () => {
  const event = (data: object): StreamEvent => ({ type: 'message', data: right(data) });
  const said = { candidates: [{ content: { parts: [{ text: 'a' }] }, finishReason: 'STOP' }] };
  const message = {
    type: 'message',
    role: 'assistant',
    content: [{ type: 'text', text: 'a' }],
    stop_reason: 'end_turn',
  };
  const cases: readonly (readonly [string, Provider, object, readonly object[]])[] = [
    [
      'openai',
      openai(any),
      { choices: [{ message: { content: 'a' }, finish_reason: 'stop' }] },
      [{ choices: [{ index: 0, delta: { content: 'a' }, finish_reason: 'stop' }] }],
    ],
    ['gemini', gemini(any), said, [said]],
    [
      'anthropic',
      anthropic(any),
      message,
      [
        { type: 'message_start', message: { content: [] } },
        { type: 'content_block_start', index: 0, content_block: { type: 'text', text: 'a' } },
        { type: 'message_delta', delta: { stop_reason: 'end_turn' } },
        { type: 'message_stop' },
      ],
    ],
  ];

  it.each(cases)('has that of the call: %s', (_, provider, body) => {
    const sent = callOf(provider, 'one');
    expect(provider.toCompletion(replyOf(200, body), sent)).toMatchObject({ right: { model: 'one' } });
  });

  it.each(cases)('has it in every chunk: %s', (_, { chunks, ...provider }, _body, events) => {
    const sent = callOf(provider, 'one', {}, true);
    if (chunks === undefined) throw new Error('it does not stream');
    const models: string[] = [];
    let state = chunks.initial;
    for (const data of events) {
      const stepped = chunks.step(state, event(data), undefined, sent);
      if (isLeft(stepped)) throw stepped.left;
      state = stepped.right[0];
      models.push(...stepped.right[1].map(({ model }) => model));
    }
    expect([...new Set(models)]).toEqual(['one']);
  });

  it('hands the thinking of that model back to it, and to no other', () => {
    const body = {
      ...message,
      content: [
        { type: 'thinking', thinking: 'hm', signature: 's' },
        { type: 'tool_use', id: 't', name: 'f', input: {} },
      ],
      stop_reason: 'tool_use',
    };
    const provider = anthropic(any);
    const completion = provider.toCompletion(replyOf(200, body), callOf(provider, 'one'));
    if (isLeft(completion)) throw completion.left;
    const messages = [...request.messages, completion.right.choices[0].message];
    expect(callOf(provider, 'one', { messages }).body).toContain('"signature":"s"');
    expect(callOf(provider, 'two', { messages }).body).not.toContain('"signature":"s"');
  });
});

describe('what a provider cannot serve', () => {
  const named = { messages: [{ role: 'user', name: 'Ada', content: 'hello' }] };
  const key = { model: 'm', apiKey: 'k' };

  it.each<[Provider, object, readonly string[]]>([
    [anthropic(key), {}, []],
    [anthropic(key), { seed: 1, n: 2, ...named }, ['n', 'seed', 'messages[0].name']],
    [gemini(key), {}, []],
    [
      gemini(key),
      { user: 'u-1', response_format: { type: 'grammar' }, ...named },
      ['user', 'response_format', 'messages[0].name'],
    ],
    [groq(key), {}, []],
    [groq(key), { n: 2, logprobs: false, ...named }, ['messages[0].name', 'n']],
    [groq({ ...key, model: '*' }), { n: 2 }, ['n']],
  ])('is known beforehand, and is what its call is refused for: %#', (provider, fields, unserved) => {
    const asked = { ...request, ...fields };
    expect(provider.unserved?.(asked)).toEqual(unserved);
    const call = provider.toCall(asked, { stream: false, model: 'm', dropUnsupported: true });
    expect(call).toMatchObject({ right: unserved.length === 0 ? {} : { dropped: unserved } });
    const refused = provider.toCall(asked, { stream: false, model: 'm' });
    expect(refused).toMatchObject(unserved.length === 0 ? { _tag: 'Right' } : { left: { param: unserved[0] } });
  });

  it('is not asked of one that serves all', () => {
    expect(openai(key)).not.toHaveProperty('unserved');
    expect(azure()).not.toHaveProperty('unserved');
  });

  it('is nothing in a request that cannot be read to its end: that is what its call says', () => {
    const parameters: Record<string, unknown> = {};
    parameters['items'] = parameters;
    const asked = { ...request, tools: [{ type: 'function' as const, function: { name: 'f', parameters } }] };
    expect(gemini(key).unserved?.(asked)).toEqual([]);
    expect(gemini(key).toCall(asked, { stream: false })).toMatchObject({ left: { _tag: 'BadRequest' } });
  });
});
