import { of, throwError } from 'rxjs';
import { right } from 'fp-ts/Either';
import type { RouterEvent } from '../../lib/domain/router-event';
import { openAICompatible } from '../../lib/provider/openai/openai-compatible';
import { createRouter } from '../../lib/router';
import type { Reply, Transport } from '../../lib/transport/transport';
import { allOf } from '../support/all-of';
import { closing } from '../support/closing';
import { printed } from '../support/printed';
import { rawReply } from '../support/raw-reply';
import { scriptedServer, type Script } from '../support/scripted-server';

const key = 'sk-canary-4f9d0e1c2b3a';
const header = 'canary-header-77aa88bb';
const prompt = 'canary prompt: the patient is called Maud\n    at home (x.ts:1:1)';
const canaries = [key, header, 'canary prompt', 'Maud', 'at home'];

/** Runs a request through a fault and prints all that can be seen of it from outside, but the request itself. */
async function everythingShown(transport: Transport | undefined, baseURL = 'http://fake.invalid/v1'): Promise<string> {
  const provider = openAICompatible({ baseURL, model: 'm', apiKey: key, headers: { 'x-secret': header } });
  const router = createRouter({
    maxThrottles: 1,
    throttleMs: 5,
    retryPolicy: { ServerError: 0, Connection: 0, InvalidResponse: 0, Timeout: 0 },
    timeouts: { attemptMs: 300 },
    deployments: [
      { group: 'g', provider, transport },
      { group: 'g', provider, transport },
    ],
  });
  const events: RouterEvent[] = [];
  router.events$.subscribe((event) => events.push(event));
  const requests = Array.from({ length: 6 }, () => ({ messages: [{ role: 'user', content: prompt }] }) as const);
  const rows = await allOf(router.parallel$(requests));
  const thrown: unknown = await allOf(router.completion$(prompt)).catch((error: unknown) => error);
  const failFast: unknown = await allOf(router.parallel$(requests, { failFast: true })).catch(
    (error: unknown) => error,
  );
  const errors = rows.flatMap(({ outcome }) => (outcome._tag === 'Left' ? [outcome.left] : []));
  expect(errors).toHaveLength(6);
  const attempts = rows.flatMap((row) => row.attempts);
  const withoutRequests = rows.map(({ request: _, ...rest }) => rest);
  const snapshot = router.snapshot();
  router.close();
  return [
    ...errors,
    ...attempts,
    ...attempts.map(({ error }) => error),
    withoutRequests,
    thrown,
    failFast,
    events,
    snapshot,
    router,
    provider,
  ]
    .map(printed)
    .join('\n');
}

const echo = `You said "${prompt}" with key ${key} and header ${header}`;
const reply =
  (status: number, body: unknown, headers: Reply['headers'] = {}): Transport =>
  () =>
    of({ status, headers, body: right(body) });
const error = (status: number, code: string | null = null): Transport =>
  reply(
    status,
    { error: { message: echo, type: echo, param: echo, code: code ?? prompt, metadata: { raw: echo } } },
    { 'x-request-id': key, 'x-echo': prompt },
  );
const asAxios = Object.assign(new Error(echo), {
  isAxiosError: true,
  code: prompt,
  config: { headers: { authorization: `Bearer ${key}` }, data: prompt, url: `http://x/?key=${key}` },
  request: { header, prompt },
  response: { data: echo },
  toJSON: () => ({ key, prompt }),
});

describe('no key, header or prompt is shown', () => {
  const opened = closing();

  it.each([400, 401, 402, 403, 404, 408, 409, 413, 422, 429, 498, 500, 503, 529])(
    'when a vendor echoes them with status %i',
    async (status) => {
      const shown = await everythingShown(error(status));
      for (const canary of canaries) expect(shown).not.toContain(canary);
    },
  );

  it.each<[string, Transport]>([
    ['an error in a 200', reply(200, { error: { message: echo, code: prompt } })],
    ['a body that is no completion', reply(200, { echo, choices: echo })],
    ['a choice without an answer', reply(200, { choices: [{ message: echo, finish_reason: prompt }] })],
    [
      'plain text',
      () => of({ status: 400, headers: {}, body: { _tag: 'Left', left: { kind: 'not-json', text: echo } } }),
    ],
    ['a stranger from the transport', () => throwError(() => asAxios)],
    // eslint-disable-next-line rxjs-x/throw-error -- others do
    ['a string from the transport', () => throwError(() => echo)],
    [
      'a transport that throws',
      () => {
        throw asAxios;
      },
    ],
    [
      'a body that cannot be read',
      () => of({ status: 200, headers: {}, body: right(new Proxy({}, { get: thrower })) }),
    ],
    ['no status', () => of({ headers: {} } as unknown as Reply)],
  ])('when there is %s', async (_, transport) => {
    const shown = await everythingShown(transport);
    for (const canary of canaries) expect(shown).not.toContain(canary);
  });

  it.each<[string, Script]>([
    ['a reset', (socket) => socket.resetAndDestroy()],
    ['half a body', (socket) => socket.end(rawReply('{"echo":', { headers: { 'content-length': '900' } }))],
    ['a page of HTML', (socket) => socket.end(rawReply(`<html>${echo}</html>`))],
    ['malformed JSON', (socket) => socket.end(rawReply(`{"echo": "${echo}`))],
    ['what came back as it went', (socket, { head, body }) => socket.end(rawReply(`${head}${body}`, { status: 400 }))],
    [
      'a redirect',
      (socket) => socket.end(rawReply(echo, { status: 302, headers: { location: `http://127.0.0.1:1/?${key}` } })),
    ],
    [
      'an echo in the headers',
      (socket, { head }) =>
        socket.end(rawReply('', { status: 400, headers: { 'x-request-id': head.slice(-40).replaceAll(/\s/g, ' ') } })),
    ],
    ['bytes that are not HTTP', (socket) => socket.end(echo)],
    ['silence', () => undefined],
  ])('when the server answers with %s', async (_, script) => {
    const server = opened(await scriptedServer(script));
    const shown = await everythingShown(undefined, `${server.url}/v1`);
    for (const canary of canaries) expect(shown).not.toContain(canary);
  });

  it("the vendor's words are kept where they help, cleaned", async () => {
    const body = {
      error: { message: `Unknown field temperatur near "${prompt}"`, type: null, param: null, code: null },
    };
    const shown = await everythingShown(reply(400, body));
    expect(shown).toContain('Unknown field temperatur near');
    for (const canary of canaries) expect(shown).not.toContain(canary);
  });

  it('whole bodies are shown to those who ask for them, and only then', async () => {
    const body = { error: { message: 'what the vendor said, at length' } };
    const provider = openAICompatible({ baseURL: 'http://fake.invalid/v1', model: 'm' });
    const row = async (exposeBodies: boolean): Promise<string> => {
      const router = createRouter({
        exposeBodies,
        deployments: [{ group: 'g', provider, transport: reply(429, body, { 'retry-after': '90' }) }],
      });
      return JSON.stringify(await allOf(router.result$('hello')));
    };
    expect(await row(false)).not.toContain('at length');
    expect(await row(true)).toContain('at length');
  });
});

function thrower(): never {
  throw new Error(echo);
}
