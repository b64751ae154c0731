import type { SimulationOptions } from '../../../lib/testing/simulate/options';
import { simulateProviders, type SimulatedProviders } from '../../../lib/testing/simulate/simulate-providers';

let simulated: SimulatedProviders;
const start = async (options?: SimulationOptions) => (simulated = await simulateProviders(options));
afterEach(() => simulated.close());

const version = { 'anthropic-version': '2023-06-01' };
const asking = (more: object = {}) => ({
  model: 'm',
  max_tokens: 100,
  messages: [{ role: 'user', content: 'Tell me of the sea' }],
  ...more,
});

const post = (body: unknown, headers: Record<string, string> = version) =>
  fetch(`${simulated.url}/v1/messages`, { method: 'POST', headers, body: JSON.stringify(body) });

describe('simulated Anthropic', () => {
  it('answers with a message, marked as simulated', async () => {
    await start();
    const reply = await post(asking());
    expect(reply.headers.get('request-id')).toMatch(/^req_simulated_\d+$/);
    expect(await reply.json()).toEqual({
      id: expect.stringMatching(/^msg_simulated_[0-9a-f]{8}$/),
      type: 'message',
      role: 'assistant',
      model: 'm',
      content: [{ type: 'text', text: expect.stringMatching(/sea/i) }],
      stop_reason: 'end_turn',
      stop_sequence: null,
      usage: {
        input_tokens: 9,
        cache_creation_input_tokens: 0,
        cache_read_input_tokens: 0,
        output_tokens: expect.any(Number),
        service_tier: 'standard',
      },
    });
  });

  it('stops at max_tokens', async () => {
    await start();
    expect(await (await post(asking({ max_tokens: 3 }))).json()).toMatchObject({
      stop_reason: 'max_tokens',
      usage: { output_tokens: 3 },
    });
  });

  it('follows a JSON schema', async () => {
    await start();
    const schema = { type: 'object', properties: { keyword: { type: 'string' } } };
    const reply = await post(asking({ output_config: { format: { type: 'json_schema', schema } } }));
    expect(JSON.parse((await reply.json()).content[0].text)).toEqual({ keyword: 'sea' });
  });

  const sea = { name: 'sea', input_schema: { type: 'object' } };
  const tide = { name: 'tide', description: 'The sea by the hour', input_schema: { type: 'object' } };
  it.each([
    ['each that fits', { type: 'auto' }, ['sea', 'tide']],
    ['one of them', { type: 'any', disable_parallel_tool_use: true }, ['sea']],
    ['the one named', { type: 'tool', name: 'tide' }, ['tide']],
    ['none', { type: 'none' }, [undefined]],
  ])('calls %s', async (_, tool_choice, names) => {
    await start();
    const { content } = await (await post(asking({ tools: [sea, tide], tool_choice }))).json();
    expect(content.map(({ name }: { name?: string }) => name)).toEqual(names);
  });

  it.each([
    ['no max_tokens', { max_tokens: undefined }, 'max_tokens: Field required'],
    ['max_tokens 0', { max_tokens: 0 }, 'max_tokens: '],
    ['no model', { model: undefined }, 'model: Field required'],
    ['no messages', { messages: undefined }, 'messages: Field required'],
    ['empty messages', { messages: [] }, 'messages: at least one message is required'],
    ['a system message', { messages: [{ role: 'system', content: 'x' }] }, 'messages: '],
    ['another kind of system', { system: 7 }, 'system: '],
    ['an unknown format', { output_config: { format: { type: 'xml' } } }, 'output_config.format: '],
    ['too much thinking', { thinking: { type: 'enabled', budget_tokens: 100 } }, '`max_tokens` must be greater'],
    ['unknown thinking', { thinking: { type: 'deep' } }, 'thinking: '],
    ['tools without names', { tools: [{}] }, 'tools: '],
    ['a choice without tools', { tool_choice: { type: 'any' } }, 'tool_choice may only be specified'],
    ['an unknown tool', { tools: [sea], tool_choice: { type: 'tool', name: 'x' } }, "Tool 'x' not found"],
  ])('refuses %s', async (_, more, message) => {
    await start();
    const reply = await post(asking(more));
    expect(reply.status).toBe(400);
    expect(await reply.json()).toEqual({
      type: 'error',
      error: { type: 'invalid_request_error', message: expect.stringContaining(message) },
      request_id: reply.headers.get('request-id'),
    });
  });

  it('refuses a request without a version, and what is no JSON', async () => {
    await start();
    expect((await (await post(asking(), {})).json()).error.message).toBe('anthropic-version: header is required');
    expect((await (await post([])).json()).error.message).toContain('not valid JSON');
  });

  it('refuses wrong keys, and answers other addresses with a 404', async () => {
    await start({ keys: ['right'] });
    const wrong = await post(asking(), { ...version, 'x-api-key': 'wrong' });
    expect([wrong.status, (await wrong.json()).error]).toEqual([
      401,
      { type: 'authentication_error', message: 'invalid x-api-key' },
    ]);
    expect((await (await post(asking())).json()).error.message).toBe('x-api-key header is required');
    const right = { ...version, 'x-api-key': 'right' };
    expect((await post(asking(), right)).status).toBe(200);
    const other = await fetch(`${simulated.url}/v1/messages/batches`, { headers: right });
    expect([other.status, (await other.json()).error.type]).toEqual([404, 'not_found_error']);
  });

  it.each([
    [400, 'invalid_request_error'],
    [403, 'permission_error'],
    [413, 'request_too_large'],
    [429, 'rate_limit_error'],
    [500, 'api_error'],
    [529, 'overloaded_error'],
  ])('says %i in its own words', async (status, type) => {
    await start({ faults: { status: { [status]: 1 } } });
    const reply = await post(asking({ stream: true }));
    expect([reply.status, (await reply.json()).error.type]).toEqual([status, type]);
  });

  it('says how long to wait at its rate limit', async () => {
    await start({ rateLimit: { rps: 0.001, burst: 1 } });
    await post(asking());
    const { status, headers } = await post(asking());
    expect(status).toBe(429);
    expect(Number(headers.get('retry-after'))).toBeGreaterThan(100);
  });
});
