import Anthropic from '@anthropic-ai/sdk';
import { createPartFromFunctionResponse, FunctionCallingConfigMode, GoogleGenAI } from '@google/genai';
import OpenAI from 'openai';
import { simulateProviders, type SimulatedProviders } from '../../../lib/testing/simulate/simulate-providers';

let simulated: SimulatedProviders;

beforeAll(async () => {
  simulated = await simulateProviders({ keys: ['sk-right'] });
});
afterAll(() => simulated.close());

const prompt = 'How is the weather in Zürich?';
const parameters = { type: 'object', properties: { city: { type: 'string' } } } as const;
const tool = { name: 'get_weather', description: 'Weather of a city' };
const result = 'rain, 12 °C';

/** What three SDKs make of the same answers. */
interface Heard {
  readonly text: string;
  readonly calls: readonly unknown[];
  readonly finish: unknown;
  readonly tokens: unknown;
}

describe('the official SDK of OpenAI', () => {
  const client = () => new OpenAI({ apiKey: 'sk-right', baseURL: `${simulated.url}/v1`, maxRetries: 0 });
  const messages: OpenAI.ChatCompletionMessageParam[] = [{ role: 'user', content: prompt }];
  const tools: OpenAI.ChatCompletionTool[] = [{ type: 'function', function: { ...tool, parameters } }];

  const heard = ({ choices: [choice], usage }: OpenAI.ChatCompletion): Heard => ({
    text: choice?.message.content ?? '',
    calls: (choice?.message.tool_calls ?? []).flatMap((call) => (call.type === 'function' ? [call.function] : [])),
    finish: choice?.finish_reason,
    tokens: usage?.completion_tokens,
  });
  const both = async (more: Partial<OpenAI.ChatCompletionCreateParamsNonStreaming>) => {
    const body = { model: 'm', messages, ...more, stream: false as const };
    const stream = client().chat.completions.stream({
      ...body,
      stream: true,
      stream_options: { include_usage: true },
    });
    return [
      heard(await client().chat.completions.create(body)),
      { ...heard(await stream.finalChatCompletion()), tokens: (await stream.totalUsage()).completion_tokens },
    ];
  };

  it('hears the same whole and streamed', async () => {
    const [whole, streamed] = await both({});
    expect(whole).toMatchObject({ text: expect.stringMatching(/weather|Zürich/), finish: 'stop', calls: [] });
    expect(streamed).toEqual(whole);
  });

  it('is asked to call a tool, and told what came of it', async () => {
    const [whole, streamed] = await both({ tools });
    expect(whole).toMatchObject({
      calls: [{ name: 'get_weather', arguments: '{"city":"Zürich"}' }],
      finish: 'tool_calls',
    });
    expect(streamed).toEqual(whole);
    const call = { id: 'c', type: 'function' as const, function: { name: 'get_weather', arguments: '{}' } };
    const [told] = await both({
      tools,
      messages: [
        ...messages,
        { role: 'assistant', tool_calls: [call] },
        { role: 'tool', tool_call_id: 'c', content: result },
      ],
    });
    expect(told).toMatchObject({ text: expect.stringContaining(result), finish: 'stop', calls: [] });
  });

  it('does as `tool_choice` says', async () => {
    expect((await both({ tools, tool_choice: 'none' }))[1]).toMatchObject({ calls: [], finish: 'stop' });
    const must = { tools, messages: [{ role: 'user' as const, content: 'Tell me a joke' }] };
    expect((await both(must))[1]).toMatchObject({ calls: [] });
    expect((await both({ ...must, tool_choice: 'required' }))[1]).toMatchObject({ calls: [{ name: 'get_weather' }] });
  });

  it('throws its own error for a wrong key', async () => {
    const stranger = new OpenAI({ apiKey: 'sk-wrong', baseURL: `${simulated.url}/v1`, maxRetries: 0 });
    await expect(stranger.chat.completions.create({ model: 'm', messages })).rejects.toThrow(
      OpenAI.AuthenticationError,
    );
  });
});

describe('the official SDK of Anthropic', () => {
  const client = () => new Anthropic({ apiKey: 'sk-right', baseURL: simulated.url, maxRetries: 0 });
  const messages: Anthropic.MessageParam[] = [{ role: 'user', content: prompt }];
  const tools: Anthropic.Tool[] = [{ ...tool, input_schema: { ...parameters } }];

  const heard = ({ content, stop_reason, usage }: Anthropic.Message): Heard => ({
    text: content.flatMap((block) => (block.type === 'text' ? [block.text] : [])).join(''),
    calls: content.flatMap((block) => (block.type === 'tool_use' ? [{ name: block.name, input: block.input }] : [])),
    finish: stop_reason,
    tokens: usage.output_tokens,
  });
  const both = async (more: Partial<Anthropic.MessageCreateParamsNonStreaming>) => {
    const body = { model: 'm', max_tokens: 500, messages, ...more, stream: false as const };
    const streamed = await client()
      .messages.stream({ ...body, stream: true })
      .finalMessage();
    return [heard(await client().messages.create(body)), heard(streamed)];
  };

  it('hears the same whole and streamed', async () => {
    const [whole, streamed] = await both({ system: 'Be brief.' });
    expect(whole).toMatchObject({ text: expect.stringMatching(/weather|Zürich/), finish: 'end_turn', calls: [] });
    expect(streamed).toEqual(whole);
  });

  it('is asked to call a tool, and told what came of it', async () => {
    const [whole, streamed] = await both({ tools });
    expect(whole).toMatchObject({ calls: [{ name: 'get_weather', input: { city: 'Zürich' } }], finish: 'tool_use' });
    expect(streamed).toEqual(whole);
    const [told] = await both({
      tools,
      messages: [
        ...messages,
        { role: 'assistant', content: [{ type: 'tool_use', id: 't', name: 'get_weather', input: {} }] },
        { role: 'user', content: [{ type: 'tool_result', tool_use_id: 't', content: result }] },
      ],
    });
    expect(told).toMatchObject({ text: expect.stringContaining(result), finish: 'end_turn', calls: [] });
  });

  it('hears it think, whole and streamed', async () => {
    const asked = {
      model: 'm',
      max_tokens: 2000,
      messages,
      thinking: { type: 'enabled', budget_tokens: 1024 },
    } as const;
    const whole = await client().messages.create({ ...asked, messages });
    const streamed = await client()
      .messages.stream({ ...asked, messages })
      .finalMessage();
    expect(whole.content.map(({ type }) => type)).toEqual(['thinking', 'text']);
    expect(streamed.content).toEqual(whole.content);
  });

  it('throws its own errors, with the name of the request', async () => {
    const stranger = new Anthropic({ apiKey: 'sk-wrong', baseURL: simulated.url, maxRetries: 0 });
    await expect(stranger.messages.create({ model: 'm', max_tokens: 1, messages })).rejects.toThrow(
      Anthropic.AuthenticationError,
    );
    await expect(client().messages.create({ model: 'm', max_tokens: 0, messages })).rejects.toMatchObject({
      status: 400,
      type: 'invalid_request_error',
      requestID: expect.stringMatching(/^req_simulated_\d+$/),
    });
  });
});

describe('the official SDK of Gemini', () => {
  /** Its own way to `fetch` looks for a global of Node's that jest hides. */
  const client = (apiKey = 'sk-right') => new GoogleGenAI({ apiKey, httpOptions: { baseUrl: simulated.url, fetch } });
  const user = { role: 'user', parts: [{ text: prompt }] };
  const tools = [{ functionDeclarations: [{ ...tool, parametersJsonSchema: parameters }] }];

  const both = async (more: Partial<Parameters<GoogleGenAI['models']['generateContent']>[0]>) => {
    const asked = { model: 'm', contents: [user], ...more };
    const whole = await client().models.generateContent(asked);
    let streamed: Heard = { text: '', calls: [], finish: undefined, tokens: undefined };
    for await (const chunk of await client().models.generateContentStream(asked)) {
      streamed = {
        text: streamed.text + (chunk.candidates?.[0]?.content?.parts?.[0]?.text ?? ''),
        calls: [...streamed.calls, ...(chunk.functionCalls ?? [])],
        finish: chunk.candidates?.[0]?.finishReason,
        tokens: chunk.usageMetadata?.candidatesTokenCount,
      };
    }
    const heard: Heard = {
      text: whole.candidates?.[0]?.content?.parts?.[0]?.text ?? '',
      calls: whole.functionCalls ?? [],
      finish: whole.candidates?.[0]?.finishReason,
      tokens: whole.usageMetadata?.candidatesTokenCount,
    };
    return [heard, streamed];
  };

  it('hears the same whole and streamed', async () => {
    const [whole, streamed] = await both({ config: { systemInstruction: 'Be brief.' } });
    expect(whole).toMatchObject({ text: expect.stringMatching(/weather|Zürich/), finish: 'STOP', calls: [] });
    expect(streamed).toEqual(whole);
  });

  it('is asked to call a function, and told what came of it', async () => {
    const [whole, streamed] = await both({ config: { tools } });
    expect(whole).toMatchObject({ calls: [{ name: 'get_weather', args: { city: 'Zürich' } }], finish: 'STOP' });
    expect(streamed).toEqual(whole);
    const [told] = await both({
      config: { tools },
      contents: [
        user,
        { role: 'model', parts: [{ functionCall: { name: 'get_weather', args: {} } }] },
        { role: 'user', parts: [createPartFromFunctionResponse('', 'get_weather', { output: result })] },
      ],
    });
    expect(told).toMatchObject({ text: expect.stringContaining(result), finish: 'STOP', calls: [] });
  });

  it('does as the mode says', async () => {
    const mode = (name: FunctionCallingConfigMode) => ({ toolConfig: { functionCallingConfig: { mode: name } } });
    const { NONE, ANY } = FunctionCallingConfigMode;
    expect((await both({ config: { tools, ...mode(NONE) } }))[1]).toMatchObject({ calls: [] });
    const contents = 'Tell me a joke';
    expect((await both({ contents, config: { tools } }))[1]).toMatchObject({ calls: [] });
    expect((await both({ contents, config: { tools, ...mode(ANY) } }))[1]).toMatchObject({
      calls: [{ name: 'get_weather' }],
    });
  });

  it('throws its own error for a wrong key', async () => {
    await expect(client('sk-wrong').models.generateContent({ model: 'm', contents: prompt })).rejects.toMatchObject({
      status: 400,
      message: expect.stringContaining('API_KEY_INVALID'),
    });
  });
});
