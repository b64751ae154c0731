import { request as httpRequest } from 'node:http';
import type { SimulationOptions } from '../../../lib/testing/simulate/options';
import { simulateProviders, type SimulatedProviders } from '../../../lib/testing/simulate/simulate-providers';
import { inSteps } from '../../support/in-steps';
import { pause } from '../../support/pause';

let running: SimulatedProviders[] = [];

async function start(options?: SimulationOptions): Promise<SimulatedProviders> {
  const simulated = await simulateProviders(options);
  running.push(simulated);
  return simulated;
}

afterEach(async () => {
  await Promise.all(running.map(({ close }) => close()));
  running = [];
});

const weather = { type: 'object', properties: { city: { type: 'string' } } };
const prompt = 'How is the weather in Zürich?';

/** The same question to three vendors, as a stream; `tool`: with a tool that fits it. */
const asks = {
  openai: (url: string, tool: boolean, init?: RequestInit) =>
    post(
      `${url}/v1/chat/completions`,
      {
        model: 'm',
        messages: [{ role: 'user', content: prompt }],
        stream: true,
        stream_options: { include_usage: true },
        ...(tool && { tools: [{ type: 'function', function: { name: 'weather', parameters: weather } }] }),
      },
      init,
    ),
  anthropic: (url: string, tool: boolean, init?: RequestInit) =>
    post(
      `${url}/v1/messages`,
      {
        model: 'm',
        max_tokens: 500,
        messages: [{ role: 'user', content: prompt }],
        stream: true,
        ...(tool && { tools: [{ name: 'weather', input_schema: weather }] }),
      },
      { ...init, headers: { 'anthropic-version': '2023-06-01' } },
    ),
  gemini: (url: string, tool: boolean, init?: RequestInit) =>
    post(
      `${url}/v1beta/models/m:streamGenerateContent?alt=sse`,
      {
        contents: [{ role: 'user', parts: [{ text: prompt }] }],
        ...(tool && { tools: [{ functionDeclarations: [{ name: 'weather', parametersJsonSchema: weather }] }] }),
      },
      init,
    ),
};
const vendors = Object.keys(asks) as (keyof typeof asks)[];

const post = (url: string, body: unknown, init?: RequestInit) =>
  fetch(url, { method: 'POST', body: JSON.stringify(body), ...init });

const dataOf = (body: string) =>
  body
    .split(/\r?\n/)
    .filter((line) => line.startsWith('data: '))
    .map((line) => line.slice('data: '.length));

/** What came until the body ended or broke off. */
async function readAll(reply: Response): Promise<{ text: string; broken: boolean }> {
  let text = '';
  const decoder = new TextDecoder();
  try {
    for await (const bytes of reply.body!) text += decoder.decode(bytes, { stream: true });
    return { text, broken: false };
  } catch {
    return { text, broken: true };
  }
}

/** What closes a stream, the last mark of each vendor's. */
const closings = { openai: 'data: [DONE]', anthropic: '"type":"message_stop"', gemini: '"finishReason"' };

async function eventually(check: () => void): Promise<void> {
  for (let tries = 0; ; tries += 1) {
    try {
      check();
      return;
    } catch (problem) {
      if (tries > 100) throw problem;
      await pause(10);
    }
  }
}

describe('simulated streams: OpenAI', () => {
  it('sends a role, the text in pieces, a reason, the usage and [DONE], marked as simulated', async () => {
    const { url } = await start();
    const reply = await asks.openai(url, false);
    expect(reply.headers.get('content-type')).toBe('text/event-stream; charset=utf-8');
    const data = dataOf(await reply.text());
    expect(data.pop()).toBe('[DONE]');
    const chunks = data.map((json) => JSON.parse(json));
    for (const chunk of chunks) {
      expect(chunk).toMatchObject({ object: 'chat.completion.chunk', model: 'm', system_fingerprint: 'simulated' });
      expect(chunk.id).toMatch(/^chatcmpl-simulated-/);
    }
    const usage = chunks.pop();
    expect(usage).toMatchObject({ choices: [], usage: { total_tokens: expect.any(Number) } });
    for (const chunk of chunks) expect(chunk.usage).toBeNull();
    const [role, ...deltas] = chunks.map(({ choices: [choice] }) => choice);
    expect(role.delta).toEqual({ role: 'assistant', content: '', refusal: null });
    expect(deltas.pop()).toMatchObject({ delta: {}, finish_reason: 'stop' });
    const text = deltas.map(({ delta }) => delta.content).join('');
    expect(text).toMatch(/weather|Zürich/);
    expect(deltas.length).toBeGreaterThan(text.length / 9);
  });

  it('sends no usage when none is asked for, and n choices side by side', async () => {
    const { url } = await start();
    const body = { model: 'm', messages: [{ role: 'user', content: prompt }], stream: true, n: 2 };
    const chunks = dataOf(await (await post(`${url}/v1/chat/completions`, body)).text())
      .slice(0, -1)
      .map((json) => JSON.parse(json));
    expect(chunks.some((chunk) => 'usage' in chunk)).toBe(false);
    expect(chunks.slice(0, 6).map(({ choices: [{ index }] }) => index)).toEqual([0, 1, 0, 1, 0, 1]);
    expect(chunks.slice(-2).map(({ choices: [{ index, finish_reason }] }) => [index, finish_reason])).toEqual([
      [0, 'stop'],
      [1, 'stop'],
    ]);
  });

  it('streams the same words that it would have sent whole', async () => {
    const { url } = await start();
    const body = { model: 'm', messages: [{ role: 'user', content: prompt }], reasoning_effort: 'low' };
    const [{ message }] = (await (await post(`${url}/v1/chat/completions`, body)).json()).choices;
    const streamed = dataOf(await (await post(`${url}/v1/chat/completions`, { ...body, stream: true })).text())
      .slice(0, -1)
      .map((json) => JSON.parse(json).choices[0].delta);
    expect(streamed.map(({ content = '' }) => content).join('')).toBe(message.content);
    expect(streamed.map(({ reasoning_content = '' }) => reasoning_content).join('')).toBe(message.reasoning_content);
  });
});

describe('simulated streams: Anthropic', () => {
  it('names each event by its type, in the order of theirs', async () => {
    const { url } = await start();
    const reply = await asks.anthropic(url, true);
    expect(reply.headers.get('request-id')).toBe(reply.headers.get('x-request-id'));
    const body = await reply.text();
    const data = dataOf(body).map((json) => JSON.parse(json));
    expect([...body.matchAll(/^event: (\w+)$/gm)].map(([, type]) => type)).toEqual(data.map(({ type }) => type));
    expect(data.map(({ type }) => type).filter((type, at, all) => type !== all[at - 1])).toEqual([
      'message_start',
      'content_block_start',
      'ping',
      'content_block_delta',
      'content_block_stop',
      'message_delta',
      'message_stop',
    ]);
    expect(data[0].message).toMatchObject({ content: [], stop_reason: null, usage: { output_tokens: 1 } });
    expect(data[1].content_block).toMatchObject({ type: 'tool_use', name: 'weather', input: {} });
    const json = data.flatMap(({ delta }) => delta?.partial_json ?? []).join('');
    expect(JSON.parse(json)).toEqual({ city: 'Zürich' });
    expect(data.at(-2)).toMatchObject({ delta: { stop_reason: 'tool_use' } });
  });
});

describe('simulated streams: Gemini', () => {
  it('sends events with the usage so far, and the whole usage with the reason', async () => {
    const { url } = await start();
    const reply = await asks.gemini(url, true);
    expect(reply.headers.get('content-type')).toBe('text/event-stream');
    const [call, end, ...more] = dataOf(await reply.text()).map((json) => JSON.parse(json));
    expect(more).toEqual([]);
    const functionCall = { name: 'weather', args: { city: 'Zürich' } };
    expect(call).toMatchObject({ candidates: [{ content: { role: 'model', parts: [{ functionCall }] }, index: 0 }] });
    expect(end).toMatchObject({
      candidates: [{ finishReason: 'STOP', index: 0 }],
      modelVersion: 'm',
      responseId: call.responseId,
    });
    const usage: Record<string, number> = end.usageMetadata;
    const { promptTokenCount = NaN, candidatesTokenCount = NaN, totalTokenCount } = usage;
    expect(totalTokenCount).toBe(promptTokenCount + candidatesTokenCount);
    expect(call.usageMetadata).toEqual({ promptTokenCount, totalTokenCount: promptTokenCount });
  });

  it('sends a JSON array where events are not asked for', async () => {
    const { url } = await start();
    const body = { contents: [{ parts: [{ text: prompt }] }] };
    const reply = await post(`${url}/v1beta/models/m:streamGenerateContent`, body);
    expect(reply.headers.get('content-type')).toMatch(/^application\/json/);
    const chunks = await reply.json();
    expect(chunks.length).toBeGreaterThan(5);
    expect(chunks.at(-1).candidates[0].finishReason).toBe('STOP');
  });
});

describe('simulated streams: time', () => {
  it('begins after the latency and then takes its time for each token', async () => {
    const { url, stats } = await start({ latency: { p50Ms: 100, p99Ms: 100, perTokenMs: 10 } });
    const arrivals: number[] = [];
    let text = '';
    await inSteps(2000, async () => {
      const startedAt = performance.now();
      const reply = await asks.openai(url, false);
      expect(stats().inFlight).toBe(1);
      for await (const bytes of reply.body!) {
        arrivals.push(performance.now() - startedAt);
        text += Buffer.from(bytes).toString();
      }
    });
    expect(stats()).toMatchObject({ inFlight: 0, byStatus: { 200: 1 } });
    const chunks = dataOf(text)
      .slice(0, -1)
      .map((json) => JSON.parse(json));
    const planned = chunks.map(({ choices: [choice] }) => choice?.delta.content ?? '').join('').length / 4;
    expect(arrivals[0]).toBeGreaterThan(98);
    expect(arrivals[0]).toBeLessThan(300);
    expect(arrivals.at(-1)! - arrivals[0]!).toBeGreaterThan((planned - 3) * 10);
    expect(arrivals.length).toBeGreaterThan(5);
  });

  it('waits for a client that does not read', async () => {
    const { url, stats } = await start();
    const format = { type: 'json_schema', json_schema: { schema: { const: 'word '.repeat(60_000) } } };
    const body = { model: 'm', messages: [{ role: 'user', content: 'x' }], stream: true, response_format: format };
    const call = httpRequest(`${url}/v1/chat/completions`, { method: 'POST' }).on('error', () => undefined);
    const reply = new Promise<NodeJS.ReadableStream>((resolve) => call.once('response', resolve));
    call.end(JSON.stringify(body));
    const unread = await reply;
    await pause(300);
    expect(stats().inFlight).toBe(1);
    const ended = new Promise((resolve) => unread.once('end', resolve));
    unread.resume();
    await ended;
    expect(stats()).toMatchObject({ inFlight: 0, byStatus: { 200: 1 } });
  });

  it('counts a client that leaves in the middle as aborted', async () => {
    const { url, stats } = await start({ latency: { p50Ms: 1, p99Ms: 1, perTokenMs: 10_000 } });
    const leave = new AbortController();
    const reply = await asks.openai(url, false, { signal: leave.signal });
    await reply.body!.getReader().read();
    leave.abort();
    await eventually(() => {
      expect(stats()).toMatchObject({ inFlight: 0, aborted: 1, byStatus: {} });
    });
  });

  it('ends streams that are under way when it is closed', async () => {
    const { url, stats, close } = await start({ latency: { p50Ms: 1, p99Ms: 1, perTokenMs: 10_000 } });
    const reading = readAll(await asks.openai(url, false));
    await close();
    expect(await reading).toMatchObject({ broken: true });
    expect(stats()).toMatchObject({ inFlight: 0, aborted: 0, openSockets: 0 });
  });
});

describe.each(vendors)('simulated streams: faults inside a stream of %s', (vendor) => {
  const ask = (options: SimulationOptions['faults'], init?: RequestInit) =>
    start({ faults: options }).then(async (simulated) => ({
      ...simulated,
      reply: await asks[vendor](simulated.url, false, init),
    }));

  it('is cut in the middle of an event', async () => {
    const { reply, stats } = await ask({ cut: 1 });
    const { text, broken } = await readAll(reply);
    expect([reply.status, broken]).toEqual([200, true]);
    expect(dataOf(text).length).toBeGreaterThan(1);
    expect(text).not.toMatch(/\n$/);
    expect(text).not.toContain(closings[vendor]);
    expect(stats()).toMatchObject({ requests: 1, inFlight: 0, aborted: 0, byStatus: {} });
  });

  it('stalls in the middle, the connection open', async () => {
    const leave = new AbortController();
    const { reply, stats } = await ask({ stallMidStream: 1 }, { signal: leave.signal });
    const reading = readAll(reply);
    await pause(300);
    expect(stats().inFlight).toBe(1);
    leave.abort();
    const { text } = await reading;
    expect(dataOf(text).length).toBeGreaterThan(1);
    expect(text).not.toContain(closings[vendor]);
    await eventually(() => {
      expect(stats()).toMatchObject({ inFlight: 0, aborted: 1 });
    });
  });

  it('breaks an event off and goes on', async () => {
    const { reply } = await ask({ malformed: 1 });
    const { text, broken } = await readAll(reply);
    const unread = dataOf(text).filter((data) => {
      try {
        JSON.parse(data);
        return false;
      } catch {
        return data !== '[DONE]';
      }
    });
    expect([unread.length, broken]).toEqual([1, false]);
    expect(text).toContain(closings[vendor]);
  });

  it('says that it failed, in the vendor’s own words', async () => {
    const { reply } = await ask({ errorEvent: 1 });
    const { text, broken } = await readAll(reply);
    const errors = {
      openai: { error: { type: 'server_error' } },
      anthropic: { type: 'error', error: { type: 'overloaded_error' } },
      gemini: { error: { code: 503, status: 'UNAVAILABLE' } },
    };
    expect(broken).toBe(false);
    expect(JSON.parse(dataOf(text).at(-1)!)).toMatchObject(errors[vendor]);
    expect(text.split('event: ').at(-1)!.startsWith('error')).toBe(vendor === 'anthropic');
  });

  it('ends without its closing events', async () => {
    const { reply, stats } = await ask({ noEnd: 1 });
    const { text, broken } = await readAll(reply);
    expect(broken).toBe(false);
    expect(text).not.toContain(closings[vendor]);
    expect(text).not.toMatch(/"(finish|stop)_reason":"/);
    expect(stats()).toMatchObject({ byStatus: { 200: 1 } });
  });

  it('splits line ends and characters between writes', async () => {
    const { reply } = await ask({ splitUtf8: 1 });
    const { reply: plain } = await ask({});
    const writes: Buffer[] = [];
    for await (const bytes of reply.body!) writes.push(Buffer.from(bytes));
    const endsInside = writes.filter((bytes) => bytes.at(-1) === 0x0d || bytes.at(-1)! >= 0x80);
    expect(endsInside.length).toBeGreaterThan(20);
    const unmarked = (text: string) => dataOf(text).map((data) => data.replaceAll(/"created":[^,}]+/g, ''));
    expect(unmarked(Buffer.concat(writes).toString())).toEqual(unmarked(await plain.text()));
  });
});
