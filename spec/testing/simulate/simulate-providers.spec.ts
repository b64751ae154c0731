import { Agent, request as httpRequest } from 'node:http';
import { connect } from 'node:net';
import type { SimulationOptions } from '../../../lib/testing/simulate/options';
import { simulateProviders, type SimulatedProviders } from '../../../lib/testing/simulate/simulate-providers';
import { inSteps } from '../../support/in-steps';
import { until } from '../../support/until';

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

const asking = (content: string, more: object = {}) => ({ model: 'm', messages: [{ role: 'user', content }], ...more });

/** The server hears of a client's leaving a moment later. */
async function eventually(check: () => void): Promise<void> {
  for (let tries = 0; ; tries += 1) {
    try {
      check();
      return;
    } catch (problem) {
      if (tries > 100) throw problem;
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
  }
}

const post = (url: string, body: unknown, init: RequestInit = {}) =>
  fetch(`${url}/v1/chat/completions`, { method: 'POST', body: JSON.stringify(body), ...init });

describe('simulateProviders: completions', () => {
  it('answers in the shape of chat.completion, marked as simulated', async () => {
    const { url } = await start();
    const askedAt = Date.now() / 1000;
    const reply = await post(url, asking('Name a red fruit that grows in Provence'));
    expect(reply.status).toBe(200);
    expect(reply.headers.get('x-simulated')).toBe('rx-fanout');
    expect(reply.headers.get('x-request-id')).toMatch(/^req_simulated_\d+$/);
    expect(reply.headers.get('content-type')).toBe('application/json');
    const body = await reply.json();
    expect(body).toMatchObject({
      id: expect.stringMatching(/^chatcmpl-simulated-[0-9a-f]{8}$/),
      object: 'chat.completion',
      model: 'm',
      system_fingerprint: 'simulated',
      choices: [{ index: 0, finish_reason: 'stop', message: { role: 'assistant', refusal: null } }],
    });
    const text: string = body.choices[0].message.content;
    expect(text).toMatch(/Provence|fruit/i);
    const usage: Record<string, number> = body.usage;
    const { prompt_tokens = NaN, completion_tokens = NaN, total_tokens } = usage;
    expect(completion_tokens).toBe(Math.ceil(text.length / 4));
    expect(total_tokens).toBe(prompt_tokens + completion_tokens);
    expect(body.created).toBeGreaterThanOrEqual(Math.floor(askedAt));
    expect(body.created).toBeLessThanOrEqual(Date.now() / 1000);
  });

  it('gives one seed the same texts on another server, and another seed other ones', async () => {
    const prompts = Array.from(
      { length: 12 },
      (_, i) => `Compare apple number ${String(i)} with Provence and Brittany`,
    );
    const texts = async (seed: number) => {
      const { url } = await start({ seed });
      const bodies = await Promise.all(prompts.map(async (prompt) => (await post(url, asking(prompt))).json()));
      return bodies.map((body) => body.choices[0].message.content);
    };
    const [one, again, other] = [await texts(5), await texts(5), await texts(6)];
    expect(again).toEqual(one);
    expect(other).not.toEqual(one);
  });

  it('summarises and classifies a review as JSON when JSON is asked for', async () => {
    const { url } = await start();
    const review = 'The kettle leaks from the handle after two weeks. I am very disappointed and want a refund.';
    const reply = await post(url, asking(`Summarise and classify this review. Reply with JSON.\n\n${review}`));
    const said = JSON.parse((await reply.json()).choices[0].message.content);
    expect(said).toEqual({
      summary: expect.stringMatching(/kettle|disappointed/),
      category: expect.any(String),
      sentiment: 'negative',
    });
  });

  it('follows a JSON schema', async () => {
    const { url } = await start();
    const schema = {
      type: 'object',
      properties: {
        summary: { type: 'string' },
        sentiment: { enum: ['positive', 'negative'] },
        stars: { type: 'integer', minimum: 2, maximum: 3 },
        urgent: { type: 'boolean' },
        keywords: { type: 'array', items: { type: 'string' } },
        place: { type: ['object', 'null'], properties: { score: { type: 'number' } } },
      },
    };
    const response_format = { type: 'json_schema', json_schema: { name: 'review', schema } };
    const body = await (await post(url, asking('I love this lamp, great light!', { response_format }))).json();
    const said = JSON.parse(body.choices[0].message.content);
    expect(said).toEqual({
      summary: expect.stringContaining('lamp'),
      sentiment: 'positive',
      stars: expect.any(Number),
      urgent: expect.any(Boolean),
      keywords: expect.arrayContaining(['lamp']),
      place: { score: expect.any(Number) },
    });
    expect([2, 3]).toContain(said.stars);
  });

  it('stops at max_tokens and says so', async () => {
    const { url } = await start();
    const body = await (await post(url, asking('Tell me about the sea', { max_tokens: 5 }))).json();
    expect(body.choices[0]).toMatchObject({
      finish_reason: 'length',
      message: { content: expect.stringMatching(/^.{20}$/) },
    });
    expect(body.usage.completion_tokens).toBe(5);
  });

  it('gives n choices', async () => {
    const { url } = await start();
    const body = await (await post(url, asking('Tell me about the sea and the harbour at night', { n: 3 }))).json();
    expect(body.choices.map(({ index }: { index: number }) => index)).toEqual([0, 1, 2]);
    expect(
      new Set(body.choices.map((choice: { message: { content: string } }) => choice.message.content)).size,
    ).toBeGreaterThan(1);
  });
});

describe('simulateProviders: what it refuses', () => {
  it.each([
    ['no messages', { model: 'm' }, 'messages', 'missing_required_parameter'],
    ['empty messages', { model: 'm', messages: [] }, 'messages', 'empty_array'],
    ['messages of another kind', { model: 'm', messages: 'hello' }, 'messages', 'invalid_type'],
    ['no model', { messages: [{ role: 'user', content: 'x' }] }, null, null],
    ['a stream that is no flag', asking('x', { stream: 'yes' }), 'stream', 'invalid_type'],
    ['stream options alone', asking('x', { stream_options: {} }), 'stream_options', null],
    ['tools of another kind', asking('x', { tools: [{ name: 'f' }] }), 'tools', 'invalid_type'],
    ['a choice without tools', asking('x', { tool_choice: 'required' }), 'tool_choice', null],
    ['n 0', asking('x', { n: 0 }), 'n', 'invalid_value'],
    ['max_tokens 1.5', asking('x', { max_tokens: 1.5 }), 'max_tokens', 'invalid_value'],
    ['an unknown format', asking('x', { response_format: { type: 'xml' } }), 'response_format', 'invalid_value'],
    ['an array', [], null, null],
  ])('answers %s with an OpenAI-shaped 400', async (_, body, param, code) => {
    const { url } = await start();
    const reply = await post(url, body);
    expect(reply.status).toBe(400);
    expect(await reply.json()).toEqual({
      error: { message: expect.any(String), type: 'invalid_request_error', param, code },
    });
  });

  it('answers a body that is not JSON with a 400', async () => {
    const { url } = await start();
    const reply = await fetch(`${url}/v1/chat/completions`, { method: 'POST', body: '{"model": ' });
    expect(reply.status).toBe(400);
    expect((await reply.json()).error.message).toContain('parse the JSON body');
  });

  it('lists a model, and answers other addresses with a 404', async () => {
    const { url } = await start();
    expect(await (await fetch(`${url}/v1/models?limit=1`)).json()).toMatchObject({
      object: 'list',
      data: [{ id: 'simulated' }],
    });
    const reply = await fetch(`${url}/v1/embeddings`, { method: 'POST', body: '{}' });
    expect(reply.status).toBe(404);
    expect((await reply.json()).error).toMatchObject({
      type: 'invalid_request_error',
      message: expect.stringContaining('/v1/embeddings'),
    });
  });

  it('answers a key that is not among the given ones with a 401, as OpenAI does', async () => {
    const { url } = await start({ keys: ['right'] });
    const ask = (headers: Record<string, string>) => post(url, asking('x'), { headers });
    expect((await ask({ authorization: 'Bearer right' })).status).toBe(200);
    const wrong = await ask({ authorization: 'Bearer sk-wrong-key-123456' });
    expect(wrong.status).toBe(401);
    expect((await wrong.json()).error).toMatchObject({
      code: 'invalid_api_key',
      message: expect.stringContaining('sk-w***3456'),
    });
    expect((await ask({})).status).toBe(401);
  });

  it('lists every wrong option by path', async () => {
    await expect(
      start({
        latency: { p50Ms: 10, p99Ms: 5 },
        rateLimit: { rps: 0 },
        faults: { status: { 500: 2 }, reset: -1 },
      }),
    ).rejects.toThrow(
      new TypeError(
        'simulateProviders: latency.p99Ms is 5, expected at least p50Ms; rateLimit.rps is 0, expected a number above 0; ' +
          'faults.reset is -1, expected a share from 0 to 1; faults.status.500 is 2, expected a share from 0 to 1',
      ),
    );
  });

  it('refuses faults that add up to more than 1', async () => {
    await expect(start({ faults: { reset: 0.6, stall: 0.6 } })).rejects.toThrow('faults (sum) is 1.2');
  });

  it('rejects when the port is taken', async () => {
    const { url } = await start();
    await expect(start({ port: Number(new URL(url).port) })).rejects.toMatchObject({ code: 'EADDRINUSE' });
  });
});

describe('simulateProviders: rate limit and latency', () => {
  it('answers 429 with the time until the next token', async () => {
    const { url, stats } = await start({ rateLimit: { rps: 0.001, burst: 2 } });
    const replies = await Promise.all(Array.from({ length: 5 }, () => post(url, asking('x'))));
    const refused = replies.filter(({ status }) => status === 429);
    expect(refused).toHaveLength(3);
    for (const { headers } of refused) {
      expect(Number(headers.get('retry-after'))).toBeGreaterThan(100);
      expect(Number(headers.get('retry-after'))).toBeLessThanOrEqual(1000);
    }
    expect(await refused[0]?.json()).toMatchObject({ error: { code: 'rate_limit_exceeded', type: 'requests' } });
    expect(stats().byStatus).toEqual({ 200: 2, 429: 3 });
  });

  it('does not charge the limit for requests that it refuses', async () => {
    const { url } = await start({ rateLimit: { rps: 0.001, burst: 1 } });
    for (let i = 0; i < 3; i += 1) expect((await post(url, {})).status).toBe(400);
    expect((await post(url, asking('x'))).status).toBe(200);
    expect((await post(url, asking('x'))).status).toBe(429);
  });

  it('waits as long as its latency says, tokens included', async () => {
    const { url } = await start({ latency: { p50Ms: 50, p99Ms: 50, perTokenMs: 10 } });
    const startedAt = performance.now();
    const body = await (await post(url, asking('Tell me of the sea', { max_tokens: 5 }))).json();
    expect(body.usage.completion_tokens).toBe(5);
    expect(performance.now() - startedAt).toBeGreaterThanOrEqual(98);
  });
});

describe('simulateProviders: faults', () => {
  it('replies with an error status in OpenAI’s shape', async () => {
    const { url } = await start({ faults: { status: { 500: 1 } } });
    const reply = await post(url, asking('x'));
    expect(reply.status).toBe(500);
    expect((await reply.json()).error).toMatchObject({ type: 'server_error' });
  });

  it('resets the connection', async () => {
    const { url, stats } = await start({ faults: { reset: 1 } });
    await expect(post(url, asking('x'))).rejects.toMatchObject({ cause: { code: 'ECONNRESET' } });
    expect(stats()).toMatchObject({ requests: 1, inFlight: 0, aborted: 0, byStatus: {} });
  });

  it('stalls until the client leaves', async () => {
    const { url, stats } = await start({ faults: { stall: 1 } });
    const call = httpRequest(`${url}/v1/chat/completions`, { method: 'POST' }).on('error', () => undefined);
    call.end(JSON.stringify(asking('x')));
    await eventually(() => {
      expect(stats()).toMatchObject({ requests: 1, inFlight: 1, openSockets: 1 });
    });
    call.destroy();
    await eventually(() => {
      expect(stats()).toMatchObject({ requests: 1, inFlight: 0, aborted: 1, byStatus: {}, openSockets: 0 });
    });
  });

  it('sends a body slowly and whole', async () => {
    const { url, stats } = await start({ faults: { slowBody: 1 } });
    await inSteps(3000, async () => {
      const startedAt = performance.now();
      const reply = await post(url, asking('x'));
      expect(performance.now() - startedAt).toBeLessThan(1000); // the head is not slow
      expect(stats().inFlight).toBe(1);
      expect(await reply.json()).toMatchObject({ object: 'chat.completion' });
      expect(performance.now() - startedAt).toBeGreaterThan(1500);
    });
    expect(stats()).toMatchObject({ inFlight: 0, byStatus: { 200: 1 } });
  });

  it('counts a client that leaves during a slow body as aborted', async () => {
    const { url, stats } = await start({ faults: { slowBody: 1 } });
    await inSteps(1000, async () => {
      const leave = new AbortController();
      await post(url, asking('x'), { signal: leave.signal });
      leave.abort();
      await until('it has left', () => stats().inFlight === 0);
    });
    expect(stats()).toMatchObject({ aborted: 1, byStatus: {} });
  });

  it('breaks JSON off under status 200', async () => {
    const { url } = await start({ faults: { malformed: 1 } });
    const reply = await post(url, asking('x'));
    expect(reply.status).toBe(200);
    const text = await reply.text();
    expect(text.startsWith('{"id"')).toBe(true);
    expect(() => JSON.parse(text) as unknown).toThrow(SyntaxError);
  });

  it('cuts a body in its middle', async () => {
    const { url, stats } = await start({ faults: { cut: 1 } });
    const reply = await post(url, asking('x'));
    expect(reply.status).toBe(200);
    await expect(reply.text()).rejects.toMatchObject({ cause: { code: 'UND_ERR_SOCKET' } });
    expect(stats()).toMatchObject({ requests: 1, inFlight: 0, aborted: 0, byStatus: {} });
  });

  it.each(['stallMidStream', 'errorEvent', 'noEnd', 'splitUtf8'])('leaves a whole reply alone: %s', async (fault) => {
    const { url } = await start({ faults: { [fault]: 1 } });
    expect(await (await post(url, asking('x'))).json()).toMatchObject({ choices: [{ finish_reason: 'stop' }] });
  });

  it('sends a page under status 200', async () => {
    const { url } = await start({ faults: { html: 1 } });
    const reply = await post(url, asking('x'));
    expect([reply.status, reply.headers.get('content-type')]).toEqual([200, 'text/html']);
    expect(await reply.text()).toMatch(/^<!doctype html>/);
  });

  it('deals faults by the seed, whatever the order of arrival, and in about the share asked for', async () => {
    const prompts = Array.from({ length: 200 }, (_, i) => `prompt ${String(i)}`);
    const statuses = async (order: readonly string[]) => {
      const { url } = await start({ seed: 9, faults: { status: { 500: 0.3 } } });
      const entries = order.map(async (prompt) => [prompt, (await post(url, asking(prompt))).status] as const);
      return Object.fromEntries(await Promise.all(entries));
    };
    const [forth, back] = [await statuses(prompts), await statuses([...prompts].reverse())];
    expect(back).toEqual(forth);
    const failed = Object.values(forth).filter((status) => status === 500).length;
    expect(failed).toBeGreaterThan(35);
    expect(failed).toBeLessThan(85);
  });

  it('gives a retry its own luck', async () => {
    const { url } = await start({ faults: { status: { 500: 0.5 } } });
    const seen: number[] = [];
    for (let i = 0; i < 30; i += 1) seen.push((await post(url, asking('the same'))).status);
    expect(new Set(seen)).toEqual(new Set([200, 500]));
  });
});

describe('simulateProviders: pages of another origin', () => {
  it('may ask with a key, and read when to come again; their browser’s question counts as none', async () => {
    const { url, stats } = await start({ rateLimit: { rps: 0.001, burst: 1 } });
    const asked = {
      'access-control-request-method': 'POST',
      'access-control-request-headers': 'authorization,content-type',
    };
    const leave = await fetch(`${url}/v1/chat/completions`, {
      method: 'OPTIONS',
      headers: { origin: 'http://a.page', ...asked },
    });
    expect([leave.status, leave.headers.get('access-control-allow-headers')]).toEqual([
      204,
      'authorization,content-type',
    ]);
    for (const status of [200, 429]) {
      const reply = await post(url, asking('x'), { headers: { origin: 'http://a.page' } });
      expect(reply.status).toBe(status);
      expect(reply.headers.get('access-control-allow-origin')).toBe('*');
      expect(reply.headers.get('access-control-expose-headers')).toBe('*');
    }
    expect(stats().requests).toBe(2);
  });
});

describe('simulateProviders: what it counts', () => {
  it('counts the most requests that were in flight at once', async () => {
    const { url, stats } = await start({ latency: { p50Ms: 100, p99Ms: 100 } });
    await inSteps(1000, async () => {
      await Promise.all(Array.from({ length: 7 }, () => post(url, asking('x'))));
      await post(url, asking('x'));
    });
    expect(stats()).toMatchObject({ requests: 8, inFlight: 0, maxInFlight: 7, aborted: 0, byStatus: { 200: 8 } });
  });

  it('never sees more in flight than a client with one connection sends', async () => {
    const { url, stats } = await start();
    const agent = new Agent({ keepAlive: true, maxSockets: 1 });
    const send = () =>
      new Promise<void>((resolve, reject) => {
        const call = httpRequest(`${url}/v1/chat/completions`, { method: 'POST', agent }, (reply) => {
          reply.resume().once('end', resolve);
        });
        call.once('error', reject).end(JSON.stringify(asking('x')));
      });
    await Promise.all(Array.from({ length: 50 }, send));
    expect(stats()).toMatchObject({ requests: 50, maxInFlight: 1, openSockets: 1 });
    agent.destroy();
    await eventually(() => {
      expect(stats().openSockets).toBe(0);
    });
  });

  it('closes idle and busy connections, and frees the port', async () => {
    const { url, stats, close } = await start({ faults: { stall: 1 } });
    const idle = connect(Number(new URL(url).port), '127.0.0.1').on('error', () => undefined);
    const busy = post(url, asking('x')).catch(() => 'broken off');
    await eventually(() => {
      expect(stats()).toMatchObject({ inFlight: 1, openSockets: 2 });
    });
    await Promise.all([close(), close()]);
    expect(await busy).toBe('broken off');
    expect(stats()).toMatchObject({ inFlight: 0, openSockets: 0, aborted: 0 });
    await expect(post(url, asking('x'))).rejects.toMatchObject({ cause: { code: 'ECONNREFUSED' } });
    idle.destroy();
  });
});
