import { inspect } from 'node:util';
import * as fc from 'fast-check';
import { isLeft } from 'fp-ts/Either';
import { of } from 'rxjs';
import type { CompletionError } from '../../../lib/domain/error';
import type { CompletionRequest, Message } from '../../../lib/domain/request';
import { anthropic } from '../../../lib/provider/anthropic/anthropic';
import type { CallOptions } from '../../../lib/provider/provider';
import type { Call } from '../../../lib/transport/transport';

const fixed = { model: 'claude-sonnet-4-5', apiKey: 'k-1' };
const user = { role: 'user', content: 'hello' } as const;
const hello = { role: 'user', content: [{ type: 'text', text: 'hello' }] };
const png = 'data:image/png;base64,iVBORw0KGgo=';

type Asked = Partial<CompletionRequest> & Readonly<Record<string, unknown>>;

const toCall = (asked: Asked, options: object = {}, call: Partial<CallOptions> = {}) =>
  anthropic({ ...fixed, ...options }).toCall({ messages: [user], ...asked }, { stream: false, ...call });

function callOf(asked: Asked, options?: object, call?: Partial<CallOptions>): Call {
  const made = toCall(asked, options, call);
  if (isLeft(made)) throw made.left;
  return made.right;
}

function refusalOf(asked: Asked): CompletionError {
  const made = toCall(asked);
  if (!isLeft(made)) throw new Error('it was taken');
  return made.left;
}

const bodyOf = (asked: Asked, options?: object): Record<string, unknown> => JSON.parse(callOf(asked, options).body);
const conversation = (...messages: readonly Message[]) => {
  const { system, messages: turns } = bodyOf({ messages });
  return { system, turns };
};

describe('a call to Anthropic', () => {
  it('is a message, with the key and the version of the API in headers', () => {
    expect(callOf({ model: 'group' })).toEqual({
      method: 'POST',
      url: 'https://api.anthropic.com/v1/messages',
      headers: {
        'x-api-key': 'k-1',
        'anthropic-version': '2023-06-01',
        'content-type': 'application/json',
        accept: 'application/json',
      },
      body: '{"model":"claude-sonnet-4-5","max_tokens":4096,"messages":[{"role":"user","content":[{"type":"text","text":"hello"}]}]}',
    });
  });

  it('goes to another host, with other headers and the key of the moment', () => {
    const options = {
      baseURL: 'http://localhost:9/claude/',
      headers: { 'Anthropic-Version': '2099-01-01', 'anthropic-beta': 'context-1m-2025-08-07' },
      apiKey: () => of('k-2'),
    };
    expect(callOf({}, options, { key: 'k-2' })).toMatchObject({
      url: 'http://localhost:9/claude/v1/messages',
      headers: { 'x-api-key': 'k-2', 'anthropic-version': '2099-01-01', 'anthropic-beta': 'context-1m-2025-08-07' },
    });
    expect(toCall({}, options)).toMatchObject({ left: { _tag: 'Authentication', provider: 'anthropic' } });
  });

  it('asks for a stream only when told to', () => {
    expect(callOf({}, {}, { stream: true })).toMatchObject({
      stream: true,
      body: expect.stringContaining('"stream":true'),
    });
    expect(callOf({ stream: true })).not.toHaveProperty('stream');
    expect(bodyOf({ stream: true, stream_options: { include_usage: true } })).toEqual(bodyOf({}));
  });

  it('has neither metadata nor routing', () => {
    expect(bodyOf({ metadata: { row: 7 }, routing: { maxRetries: 0, until: of(1) } })).toEqual(bodyOf({}));
  });

  it('has the other parameters under the names of Anthropic', () => {
    expect(bodyOf({ temperature: 0, top_p: 0.9, stop: 'END', user: 'u-1', max_tokens: 7 })).toMatchObject({
      temperature: 0,
      top_p: 0.9,
      stop_sequences: ['END'],
      metadata: { user_id: 'u-1' },
      max_tokens: 7,
    });
    expect(bodyOf({ stop: ['a', 'b'] })).toMatchObject({ stop_sequences: ['a', 'b'] });
    expect(bodyOf({ stop: [], temperature: null, top_p: null, max_tokens: null })).toEqual(bodyOf({}));
  });

  it('allows as many tokens as the request, or else the deployment, says', () => {
    expect(bodyOf({ max_completion_tokens: 9, max_tokens: 7 })).toMatchObject({ max_tokens: 9 });
    expect(bodyOf({}, { maxTokens: 64_000 })).toMatchObject({ max_tokens: 64_000 });
  });

  it('passes on what is not of OpenAI, and lets it win', () => {
    const thinking = { type: 'enabled', budget_tokens: 10_000 };
    expect(
      bodyOf({ top_k: 5, thinking, mcp_servers: [], reasoning_effort: 'low', system: 'mine', service_tier: 'auto' }),
    ).toMatchObject({ top_k: 5, thinking, mcp_servers: [], system: 'mine', service_tier: 'auto', max_tokens: 14_096 });
  });

  it('is refused when it cannot be JSON', () => {
    const cycle: Record<string, unknown> = {};
    cycle['self'] = cycle;
    for (const top_k of [cycle, 7n]) {
      expect(refusalOf({ top_k })).toMatchObject({ _tag: 'BadRequest', provider: 'anthropic' });
    }
  });
});

describe('the conversation', () => {
  it('has what the system and the developer say apart', () => {
    expect(
      conversation({ role: 'system', content: 'Be brief.' }, user, {
        role: 'developer',
        content: [{ type: 'text', text: 'In French.', cache_control: { type: 'ephemeral' } }] as never,
      }),
    ).toEqual({
      system: [
        { type: 'text', text: 'Be brief.' },
        { type: 'text', text: 'In French.', cache_control: { type: 'ephemeral' } },
      ],
      turns: [hello],
    });
  });

  it('takes turns: what follows in one role is one turn, and what is empty is none', () => {
    expect(
      conversation(
        user,
        { role: 'assistant', content: '' },
        {
          role: 'user',
          content: [
            { type: 'text', text: '' },
            { type: 'text', text: 'again' },
          ],
        },
        { role: 'assistant', content: [{ type: 'refusal', refusal: 'No.' }] },
      ).turns,
    ).toEqual([
      {
        role: 'user',
        content: [
          { type: 'text', text: 'hello' },
          { type: 'text', text: 'again' },
        ],
      },
      { role: 'assistant', content: [{ type: 'text', text: 'No.' }] },
    ]);
  });

  it('has images by address or in base64, and PDFs', () => {
    const { turns } = conversation({
      role: 'user',
      content: [
        { type: 'image_url', image_url: { url: 'https://example.com/a.png', detail: 'high' } },
        { type: 'image_url', image_url: { url: png }, cache_control: { type: 'ephemeral' } } as never,
        { type: 'image_url', image_url: { url: 'data:image/JPEG;charset=x;base64,/9j/' } },
        { type: 'file', file: { filename: 'a.pdf', file_data: 'data:application/pdf;base64,JVBERi0=' } },
        { type: 'file', file: { file_id: 'file_011CNha8iCJcU1wXNR6q4V8w' } },
      ],
    });
    expect(turns).toEqual([
      {
        role: 'user',
        content: [
          { type: 'image', source: { type: 'url', url: 'https://example.com/a.png' } },
          {
            type: 'image',
            source: { type: 'base64', media_type: 'image/png', data: 'iVBORw0KGgo=' },
            cache_control: { type: 'ephemeral' },
          },
          { type: 'image', source: { type: 'base64', media_type: 'image/jpeg', data: '/9j/' } },
          {
            type: 'document',
            source: { type: 'base64', media_type: 'application/pdf', data: 'JVBERi0=' },
            title: 'a.pdf',
          },
          { type: 'document', source: { type: 'file', file_id: 'file_011CNha8iCJcU1wXNR6q4V8w' } },
        ],
      },
    ]);
  });

  const call = (id: string, json: string) => ({
    id,
    type: 'function' as const,
    function: { name: 'weather', arguments: json },
  });

  it('has calls of tools as the words of the assistant, and all their results as those of the user', () => {
    const { turns } = conversation(
      user,
      {
        role: 'assistant',
        content: 'Let me look.',
        tool_calls: [call('call_1', '{"city":"Oslo"}'), call('call:2', '')],
      },
      { role: 'tool', tool_call_id: 'call_1', content: 'rain' },
      { role: 'tool', tool_call_id: 'call:2', content: '', name: 'weather' },
      {
        role: 'user',
        content: [
          { type: 'text', text: 'So?' },
          { type: 'image_url', image_url: { url: png } },
        ],
      },
    );
    expect(turns).toEqual([
      hello,
      {
        role: 'assistant',
        content: [
          { type: 'text', text: 'Let me look.' },
          { type: 'tool_use', id: 'call_1', name: 'weather', input: { city: 'Oslo' } },
          { type: 'tool_use', id: 'call_2', name: 'weather', input: {} },
        ],
      },
      {
        role: 'user',
        content: [
          { type: 'tool_result', tool_use_id: 'call_1', content: [{ type: 'text', text: 'rain' }] },
          { type: 'tool_result', tool_use_id: 'call_2' },
          { type: 'text', text: 'So?' },
          { type: 'image', source: { type: 'base64', media_type: 'image/png', data: 'iVBORw0KGgo=' } },
        ],
      },
    ]);
  });

  it.each(['{"city": "Os', '[1]', '7', 'null', '"Oslo"'])('keeps arguments that are no object: %s', (json) => {
    const { turns } = conversation(user, { role: 'assistant', tool_calls: [call('call_1', json)] });
    expect(turns).toMatchObject([hello, { content: [{ type: 'tool_use', input: { INVALID_JSON: json } }] }]);
  });

  it('never has two turns of one role behind each other, nor one without content', () => {
    const message = fc.record({
      role: fc.constantFrom('system', 'developer', 'user', 'assistant', 'tool' as const),
      content: fc.constantFrom('', 'word', null, undefined, []),
      tool_call_id: fc.constant('call_1'),
    });
    fc.assert(
      fc.property(fc.array(message), (messages) => {
        const turns = conversation(...(messages as readonly Message[])).turns as readonly {
          role: string;
          content: unknown[];
        }[];
        turns.forEach(({ role, content }, i) => {
          expect(turns[i + 1]?.role).not.toBe(role);
          expect(content).not.toHaveLength(0);
        });
      }),
    );
  });
});

describe('tools', () => {
  const tool = {
    type: 'function',
    function: { name: 'weather', description: 'Of a city', parameters: { properties: {} }, strict: true },
  } as const;

  it('have a schema, that of an object', () => {
    const { tools } = bodyOf({ tools: [tool, { type: 'function', function: { name: 'now', strict: null } }] });
    expect(tools).toEqual([
      { name: 'weather', description: 'Of a city', input_schema: { type: 'object', properties: {} }, strict: true },
      { name: 'now', input_schema: { type: 'object' } },
    ]);
  });

  it.each([
    [{}, undefined],
    [{ tool_choice: 'none' }, { type: 'none' }],
    [{ tool_choice: 'auto' }, { type: 'auto' }],
    [{ tool_choice: 'required' }, { type: 'any' }],
    [{ tool_choice: { type: 'function', function: { name: 'weather' } } }, { type: 'tool', name: 'weather' }],
    [{ parallel_tool_calls: true }, undefined],
    [{ parallel_tool_calls: false }, { type: 'auto', disable_parallel_tool_use: true }],
    [
      { parallel_tool_calls: false, tool_choice: 'required' },
      { type: 'any', disable_parallel_tool_use: true },
    ],
    [{ parallel_tool_calls: false, tool_choice: 'none' }, { type: 'none' }],
  ] as const)('are chosen: %j', (asked, choice) => {
    expect(bodyOf({ tools: [tool], ...asked })['tool_choice']).toEqual(choice);
  });

  it('are not chosen where there are none', () => {
    expect(bodyOf({ tool_choice: 'auto', parallel_tool_calls: false, tools: [] })).toEqual(bodyOf({}));
    expect(bodyOf({ tool_choice: 'required' })).toMatchObject({ tool_choice: { type: 'any' } }); // Anthropic's to refuse
  });
});

describe('reasoning and formats', () => {
  const old = [
    'claude-sonnet-4-5',
    'claude-haiku-4-5-20251001',
    'claude-opus-4-1-20250805',
    'claude-opus-4-20250514',
    'claude-sonnet-4-0',
    'claude-3-7-sonnet-latest',
    'claude-sonnet-4@20250514',
    'eu.anthropic.claude-sonnet-4-5-20250929-v1:0',
  ];
  const later = [
    'claude-opus-4-6',
    'claude-sonnet-4-6',
    'claude-opus-4.7',
    'claude-opus-4-10',
    'claude-opus-4-8-20260528',
    'claude-sonnet-5',
    'claude-haiku-5-5',
    'claude-fable-5',
    'claude-mythos-preview',
    'in-house',
  ];

  it.each(old)('thinks within a budget, that is added to the tokens of the answer: %s', (model) => {
    const asked = (fields: Asked) => {
      const { thinking, max_tokens: maxTokens, output_config: config } = bodyOf(fields, { model });
      return { thinking, maxTokens, config };
    };
    const enabled = (budget: number) => ({ type: 'enabled', budget_tokens: budget });
    expect(asked({ reasoning_effort: 'low' })).toEqual({ thinking: enabled(1024), maxTokens: 5120 });
    expect(asked({ reasoning_effort: 'high' })).toEqual({ thinking: enabled(4096), maxTokens: 8192 });
    expect(asked({ reasoning_effort: 'medium', max_tokens: 2048 })).toEqual({
      thinking: enabled(2048),
      maxTokens: 4096,
    });
    expect(asked({ reasoning_effort: 'medium', max_tokens: 2049 })).toEqual({
      thinking: enabled(2048),
      maxTokens: 2049,
    });
    expect(asked({ reasoning_effort: 'none' })).toEqual({ maxTokens: 4096 });
  });

  it.each(later)('thinks as it sees fit, with an effort: %s', (model) => {
    expect(bodyOf({ reasoning_effort: 'medium' }, { model })).toMatchObject({
      thinking: { type: 'adaptive' },
      output_config: { effort: 'medium' },
      max_tokens: 6144,
    });
    expect(bodyOf({ reasoning_effort: 'minimal', max_tokens: 10 }, { model })).toMatchObject({
      output_config: { effort: 'low' },
      max_tokens: 10,
    });
    const { thinking, output_config: config } = bodyOf({ reasoning_effort: 'none' }, { model });
    expect([thinking, config]).toEqual([{ type: 'disabled' }, undefined]);
  });

  it('answers in a schema', () => {
    const schema = { type: 'object', properties: { fruit: { type: 'string' } }, additionalProperties: false };
    const asked = { response_format: { type: 'json_schema', json_schema: { name: 'a', strict: true, schema } } };
    expect(bodyOf(asked)['output_config']).toEqual({ format: { type: 'json_schema', schema } });
    expect(bodyOf({ ...asked, reasoning_effort: 'max' }, { model: 'claude-opus-5' })['output_config']).toEqual({
      effort: 'max',
      format: { type: 'json_schema', schema },
    });
    expect(bodyOf({ response_format: { type: 'text' } })).toEqual(bodyOf({}));
  });
});

describe('what Anthropic cannot serve', () => {
  const unserved: readonly (readonly [string, Asked])[] = [
    ['n', { n: 2 }],
    ['seed', { seed: 0 }],
    ['frequency_penalty', { frequency_penalty: 0.5 }],
    ['presence_penalty', { presence_penalty: -1 }],
    ['logit_bias', { logit_bias: { 50256: -100 } }],
    ['logprobs', { logprobs: true }],
    ['top_logprobs', { top_logprobs: 3 }],
    ['tool_choice', { tool_choice: { type: 'allowed_tools', allowed_tools: {} } }],
    ['reasoning_effort', { reasoning_effort: 'lots' }],
    ['response_format', { response_format: { type: 'json_object' } }],
    ['response_format', { response_format: { type: 'json_schema', json_schema: { name: 'a' } } }],
    ['messages[0].name', { messages: [{ ...user, name: 'Ada' }] }],
    ...[
      { type: 'input_audio', input_audio: { data: 'UklGRg==', format: 'wav' } },
      { type: 'image_url', image_url: { url: 'data:image/png,plain' } },
      { type: 'image_url', image_url: { url: 'gs://bucket/a.png' } },
      { type: 'file', file: { file_data: 'data:text/plain;base64,aGVsbG8=' } },
      { type: 'file' },
      { type: 'refusal' },
    ].map(
      (part) =>
        [
          'messages[0].content[1]',
          { messages: [{ role: 'user', content: [{ type: 'text', text: 'hello' }, part] }] } as Asked,
        ] as const,
    ),
    [
      'messages[0].content[0]',
      { messages: [{ role: 'system', content: [{ type: 'image_url', image_url: { url: png } }] }, user] },
    ],
  ];

  it.each(unserved)('is refused by name, unsent: %s %j', (param, asked) => {
    const refused = refusalOf(asked);
    expect(refused).toMatchObject({ _tag: 'BadRequest', param, provider: 'anthropic', isRetryable: false });
    expect(refused.message).toContain(`anthropic cannot serve ${param}`);
  });

  it.each(unserved)('or left out, and told: %s %j', (param, asked) => {
    const call = callOf(asked, {}, { dropUnsupported: true });
    expect(call.dropped).toEqual([param]);
    expect(JSON.parse(call.body)).toEqual(bodyOf({}));
  });

  const cold = { temperature: 0, top_p: 0.5 };

  it.each(['claude-opus-4-7', 'claude-opus-4.8', 'claude-opus-4-10', 'claude-sonnet-5', 'claude-haiku-5-5'])(
    'is sampling, since Claude 4.7: for Anthropic to refuse, or left out: %s',
    (model) => {
      expect(bodyOf(cold, { model })).toMatchObject(cold);
      const call = callOf(cold, { model }, { dropUnsupported: true });
      expect(call.dropped).toEqual(['temperature', 'top_p']);
      expect(JSON.parse(call.body)).toEqual(bodyOf({}, { model }));
      const warm = { temperature: 1, top_p: 0.99 };
      expect(callOf(warm, { model }, { dropUnsupported: true })).toEqual(callOf(warm, { model }));
    },
  );

  it.each(['claude-opus-4-6', 'claude-sonnet-4-5-20250929', 'claude-3-7-sonnet-latest', 'in-house'])(
    'was not sampling before: %s',
    (model) => {
      expect(callOf(cold, { model }, { dropUnsupported: true })).toEqual(callOf(cold, { model }));
    },
  );

  it('is not what changes nothing', () => {
    const asked = {
      n: 1,
      seed: null,
      frequency_penalty: 0,
      presence_penalty: null,
      logit_bias: {},
      logprobs: false,
      top_logprobs: 0,
      reasoning_effort: null,
    };
    expect(bodyOf(asked)).toEqual(bodyOf({}));
    expect(callOf(asked, {}, { dropUnsupported: true })).not.toHaveProperty('dropped');
  });
});

describe('anthropic', () => {
  it.each([
    [{ model: '' }, 'anthropic: model is missing'],
    [{ apiKey: undefined }, 'anthropic: apiKey is missing'],
    [{ apiKey: 'secret \n' }, 'anthropic: apiKey holds a line break'],
    [{ baseURL: 'api.anthropic.com' }, 'anthropic: baseURL is not an absolute http(s) URL'],
    [{ maxTokens: 0.5 }, 'anthropic: maxTokens is 0.5: give a whole number from 1'],
    [{ headers: { host: 'a' } }, 'anthropic: headers.host is set by the transport'],
  ])('refuses %j', (options, message) => {
    expect(() => anthropic({ ...fixed, ...options } as never)).toThrow(message);
    expect(() => anthropic({ ...fixed, ...options } as never)).not.toThrow('secret');
  });

  it('shows its key nowhere', () => {
    const provider = anthropic({ ...fixed, apiKey: 'sk-ant-canary', headers: { 'x-other': 'canary' } });
    expect(inspect(provider, { depth: 9, showHidden: true }) + JSON.stringify(provider)).not.toContain('canary');
  });
});
