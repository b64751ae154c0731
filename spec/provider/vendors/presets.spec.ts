import { isLeft } from 'fp-ts/Either';
import type { CompletionRequest } from '../../../lib/domain/request';
import { azureOpenAI } from '../../../lib/provider/openai/azure-openai';
import { openai } from '../../../lib/provider/openai/openai';
import { deepseek } from '../../../lib/provider/vendors/deepseek';
import { fireworks } from '../../../lib/provider/vendors/fireworks';
import { groq } from '../../../lib/provider/vendors/groq';
import { lmStudio } from '../../../lib/provider/vendors/lm-studio';
import { mistral } from '../../../lib/provider/vendors/mistral';
import { ollama } from '../../../lib/provider/vendors/ollama';
import { openRouter } from '../../../lib/provider/vendors/open-router';
import type { CallOptions, Provider } from '../../../lib/provider/provider';
import { together } from '../../../lib/provider/vendors/together';
import { vllm } from '../../../lib/provider/vendors/vllm';
import { xai } from '../../../lib/provider/vendors/xai';
import type { Call } from '../../../lib/transport/transport';
import { chunksOf } from '../chunks-of';
import { eventsOf } from '../events-of';
import { otherStreams } from '../fixtures/openai-streams';
import { replyOf } from '../reply-of';

const hosted = { groq, mistral, deepseek, xai, openRouter, together, fireworks };
const local = { ollama, vllm, lmStudio };
const all = [...Object.entries(hosted), ...Object.entries(local)];
const key = { model: 'm', apiKey: 'k' };

const asked = (fields: object): CompletionRequest => ({ messages: [{ role: 'user', content: 'hello' }], ...fields });

function callOf(provider: Provider, fields: object = {}, options: Partial<CallOptions> = {}): Call {
  const call = provider.toCall(asked(fields), { stream: false, ...options });
  if (isLeft(call)) throw call.left;
  return call.right;
}

const bodyOf = (provider: Provider, fields: object, options?: Partial<CallOptions>) =>
  JSON.parse(callOf(provider, fields, options).body) as Readonly<Record<string, unknown>>;

describe('a vendor by its name', () => {
  it.each([
    [groq(key), 'https://api.groq.com/openai/v1'],
    [mistral(key), 'https://api.mistral.ai/v1'],
    [deepseek(key), 'https://api.deepseek.com/v1'],
    [xai(key), 'https://api.x.ai/v1'],
    [openRouter(key), 'https://openrouter.ai/api/v1'],
    [together(key), 'https://api.together.xyz/v1'],
    [fireworks(key), 'https://api.fireworks.ai/inference/v1'],
    [ollama(key), 'http://localhost:11434/v1'],
    [vllm(key), 'http://localhost:8000/v1'],
    [lmStudio(key), 'http://localhost:1234/v1'],
  ])('is found at its address: $name', (provider, address) => {
    const { url, headers } = callOf(provider);
    expect([url, headers['authorization'], provider.model]).toEqual([`${address}/chat/completions`, 'Bearer k', 'm']);
  });

  it.each(all)('has the name of its function, and takes another address and headers: %s', (name, preset) => {
    const provider = preset({ ...key, baseURL: 'http://localhost/v1/', headers: { 'X-Title': 'app' } });
    const { url, headers } = callOf(provider);
    expect([provider.name, url, headers['x-title']]).toEqual([name, 'http://localhost/v1/chat/completions', 'app']);
  });

  it.each(Object.entries(hosted))('wants a key: %s', (name, preset) => {
    expect(() => preset({ model: 'm' } as typeof key)).toThrow(new TypeError(`${name}: apiKey is missing`));
  });

  it.each(Object.entries(local))('wants none: %s', (_, preset) => {
    expect(callOf(preset({ model: 'm' })).headers).not.toHaveProperty('authorization');
  });

  it.each(all)('wants a model: %s', (name, preset) => {
    expect(() => preset({ ...key, model: '' })).toThrow(new TypeError(`${name}: model is missing`));
  });
});

describe('the dialect of a vendor', () => {
  it.each<readonly [string, Provider, object, object]>([
    ['max_completion_tokens', mistral(key), { max_completion_tokens: 5 }, { max_tokens: 5 }],
    ['max_completion_tokens', deepseek(key), { max_completion_tokens: 5 }, { max_tokens: 5 }],
    ['max_completion_tokens', together(key), { max_completion_tokens: 5 }, { max_tokens: 5 }],
    ['max_completion_tokens', ollama(key), { max_completion_tokens: 5 }, { max_tokens: 5 }],
    ['max_tokens, which it knows', mistral(key), { max_tokens: 4, max_completion_tokens: 5 }, { max_tokens: 4 }],
    ['max_tokens that is not given', mistral(key), { max_tokens: null, max_completion_tokens: 5 }, { max_tokens: 5 }],
    ['seed', mistral(key), { seed: 7 }, { random_seed: 7 }],
  ])('has another name for %s: $1.name', (_, provider, fields, sent) => {
    expect(bodyOf(provider, fields)).toEqual({ ...asked({}), model: 'm', ...sent });
  });

  it.each([mistral(key), deepseek(key), together(key), ollama(key)])(
    'has `system` in place of `developer`: $name',
    (provider) => {
      const messages = [
        { role: 'developer', content: 'Be brief.', name: 'boss' },
        { role: 'user', content: 'hello' },
      ];
      expect(bodyOf(provider, { messages })['messages']).toEqual([
        { role: 'system', content: 'Be brief.', name: 'boss' },
        { role: 'user', content: 'hello' },
      ]);
    },
  );

  const called = (id: string, extra: object = {}) => ({
    id,
    type: 'function',
    function: { name: 'now', arguments: '{}' },
    ...extra,
  });
  const answered = {
    role: 'assistant',
    content: null,
    reasoning: 'I need the time.',
    tool_calls: [called('aB3dE6gH9', { extra_content: { google: { thought_signature: 'EpEg' } } })],
  };
  const said = { role: 'assistant', content: 'hi', reasoning: 'A greeting.' };

  it.each([
    ['openai', openai(key), () => ({})],
    ['azure', azureOpenAI({ ...key, endpoint: 'https://r.openai.azure.com' }), () => ({})],
    ['groq', groq(key), () => ({})],
    ['mistral', mistral(key), () => ({})],
    ['deepseek', deepseek(key), (thought: string) => ({ reasoning_content: thought })],
  ])('takes nothing back of an answer that it would refuse: %s', (_, provider, thinking) => {
    const { role, content } = answered;
    expect(bodyOf(provider, { messages: [answered, said] })['messages']).toEqual([
      { role, content, ...thinking('I need the time.'), tool_calls: [called('aB3dE6gH9')] },
      { role: 'assistant', content: 'hi', ...thinking('A greeting.') },
    ]);
  });

  it.each([openRouter(key), vllm(key)])('takes it all back as it came: $name', (provider) => {
    expect(bodyOf(provider, { messages: [answered, said] })['messages']).toEqual([answered, said]);
  });

  it('wants the reasoning behind every answer, though there was none: deepseek', () => {
    const elsewhere = { role: 'assistant', tool_calls: [called('toolu_1')] };
    const own = { ...elsewhere, reasoning_content: 'Hm.' };
    const last = { role: 'assistant', content: 'Noon.' };
    const user = { role: 'user', content: 'And now?' };
    expect(bodyOf(deepseek(key), { messages: [elsewhere, own, last, user] })['messages']).toEqual([
      { ...elsewhere, reasoning_content: '' },
      own,
      { ...last, reasoning_content: '' },
      user,
    ]);
  });

  it('knows ids of nine letters and digits only, so others have new ones, calls and results alike: mistral', () => {
    const messages = [
      { role: 'assistant', tool_calls: [called('toolu_01A'), called('aB3dE6gH9'), called('call_x')] },
      { role: 'tool', tool_call_id: 'call_x', content: '1' },
      { role: 'tool', tool_call_id: 'aB3dE6gH9', content: '2' },
      { role: 'tool', tool_call_id: 'toolu_01A', content: '3' },
      { role: 'user', content: 'thanks' },
    ];
    const sent = bodyOf(mistral(key), { messages })['messages'] as CompletionRequest['messages'];
    const ids = sent[0]?.tool_calls?.map(({ id }) => id) ?? [];
    expect(ids.every((id) => /^[a-zA-Z0-9]{9}$/.test(id))).toBe(true);
    expect([new Set(ids).size, ids[1]]).toEqual([3, 'aB3dE6gH9']);
    expect(sent.slice(1).map(({ tool_call_id: id }) => id)).toEqual([ids[2], ids[1], ids[0], undefined]);
    expect(bodyOf(mistral(key), { messages: messages.slice(0, 1) })['messages']).toEqual(sent.slice(0, 1));
  });

  const unserved: readonly (readonly [Provider, string, object])[] = [
    [groq(key), 'logprobs', { logprobs: true }],
    [groq(key), 'top_logprobs', { top_logprobs: 2 }],
    [groq(key), 'logit_bias', { logit_bias: { 7: 1 } }],
    [groq(key), 'n', { n: 2 }],
    [groq(key), 'messages[1].name', { messages: [{ role: 'user' }, { role: 'user', content: 'a', name: 'Ann' }] }],
    [mistral(key), 'logprobs', { logprobs: true }],
    [mistral(key), 'top_logprobs', { top_logprobs: 2 }],
    [mistral(key), 'logit_bias', { logit_bias: { 7: 1 } }],
    [mistral(key), 'user', { user: 'u-1' }],
    [deepseek(key), 'n', { n: 2 }],
    [deepseek(key), 'seed', { seed: 7 }],
    [deepseek(key), 'logit_bias', { logit_bias: { 7: 1 } }],
    [deepseek(key), 'response_format', { response_format: { type: 'json_schema', json_schema: {} } }],
    [ollama(key), 'n', { n: 2 }],
    [ollama(key), 'logit_bias', { logit_bias: { 7: 1 } }],
    [ollama(key), 'tool_choice', { tool_choice: 'required' }],
    [lmStudio(key), 'response_format', { response_format: { type: 'json_object' } }],
  ];

  it.each(unserved)('refuses what the vendor cannot serve, by name: $name, %s', (provider, field, fields) => {
    expect(provider.toCall(asked(fields), { stream: false })).toMatchObject({
      left: { _tag: 'BadRequest', isRetryable: false, provider: provider.name, param: field },
    });
  });

  it.each(unserved)('leaves it out when told to, and says so: $name, %s', (provider, field, fields) => {
    const call = callOf(provider, fields, { dropUnsupported: true });
    expect(call.dropped).toEqual([field]);
    expect(JSON.parse(call.body)).not.toHaveProperty(field.split(/[[.]/)[0] === 'messages' ? 'messages.1.name' : field);
  });

  it.each<readonly [Provider, object]>([
    [groq(key), { logprobs: false, n: 1, logit_bias: null, seed: 7, max_completion_tokens: 5 }],
    [mistral(key), { logprobs: false, n: 2, response_format: { type: 'json_schema' } }],
    [deepseek(key), { n: 1, logprobs: true, response_format: { type: 'json_object' } }],
    [ollama(key), { n: 1, tool_choice: 'auto', seed: 7 }],
    [lmStudio(key), { n: 2, response_format: { type: 'json_schema' } }],
    [xai(key), { n: 2, seed: 7, logprobs: true }],
    [openRouter(key), { provider: { order: ['a'] }, reasoning_effort: 'low' }],
    [vllm(key), { top_k: 4 }],
  ])('does not refuse what asks for nothing, or is served: $name', (provider, fields) => {
    expect(callOf(provider, fields).dropped).toBeUndefined();
  });

  it('sends nothing of a field that the vendor would refuse even when it asks for nothing', () => {
    expect(bodyOf(groq(key), { logprobs: false, n: 1, logit_bias: null })).toEqual({ ...asked({}), model: 'm' });
  });

  it.each(all)('asks a stream for its usage, where the vendor has to be asked: %s', (name, preset) => {
    const { stream, stream_options: options } = bodyOf(preset(key), {}, { stream: true });
    expect([stream, options]).toEqual([true, name === 'mistral' ? undefined : { include_usage: true }]);
  });
});

describe('what a vendor answers', () => {
  it.each([
    [groq(key), otherStreams.groq],
    [mistral(key), otherStreams.mistral],
    [deepseek(key), otherStreams.deepseek],
    [xai(key), otherStreams.xai],
    [openRouter(key), otherStreams.openRouter],
  ])('is read as a stream: $name', (provider, stream) => {
    const read = chunksOf(provider, eventsOf(stream));
    if (isLeft(read)) throw read.left;
    expect(read.right.at(-1)?.usage ?? read.right.at(-2)?.usage).toMatchObject({ promptTokens: 19 });
  });

  it('is read whole, with the reasoning that xAI counts apart', () => {
    const usage = (total: number) => ({
      prompt_tokens: 14,
      completion_tokens: 1,
      total_tokens: total,
      completion_tokens_details: { reasoning_tokens: 384 },
    });
    const counted = (body: object) => xai(key).toCompletion(replyOf(200, body));
    const choices = [{ index: 0, message: { role: 'assistant', content: '4' }, finish_reason: 'stop' }];
    expect(counted({ choices, usage: usage(399) })).toMatchObject({
      right: { usage: { promptTokens: 14, completionTokens: 385, totalTokens: 399, reasoningTokens: 384 } },
    });
    expect(counted({ choices, usage: usage(15) })).toMatchObject({ right: { usage: { completionTokens: 1 } } });
  });

  it.each<readonly [Provider, number, unknown, string]>([
    [
      mistral(key),
      422,
      {
        object: 'error',
        message: {
          detail: [{ type: 'extra_forbidden', loc: ['body', 'user'], msg: 'Extra inputs are not permitted' }],
        },
      },
      'BadRequest',
    ],
    [deepseek(key), 402, { error: { message: 'Insufficient Balance', type: 'unknown_error' } }, 'QuotaExhausted'],
    [
      xai(key),
      400,
      { code: 'Client specified an invalid argument', error: 'Incorrect API key provided: xa***' },
      'Authentication',
    ],
    [openRouter(key), 402, { error: { code: 402, message: 'This request requires more credits' } }, 'QuotaExhausted'],
    [
      ollama(key),
      404,
      { error: { message: 'model "m" not found, try pulling it first', type: 'api_error' } },
      'NotFound',
    ],
    [lmStudio(key), 400, { error: "'response_format.type' must be 'json_schema' or 'text'" }, 'BadRequest'],
  ])('is a failure by the table: $name', (provider, status, body, tag) => {
    expect(provider.toError(replyOf(status, body))).toMatchObject({ _tag: tag, status, provider: provider.name });
  });
});
