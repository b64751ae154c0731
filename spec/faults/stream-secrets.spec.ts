import type { RouterEvent } from '../../lib/domain/router-event';
import { anthropic } from '../../lib/provider/anthropic/anthropic';
import { gemini } from '../../lib/provider/gemini/gemini';
import { openAICompatible } from '../../lib/provider/openai/openai-compatible';
import type { Provider } from '../../lib/provider/provider';
import { createRouter } from '../../lib/router';
import type { Transport } from '../../lib/transport/transport';
import { bytes } from '../judges/bytes';
import { allOf } from '../support/all-of';
import { closing } from '../support/closing';
import { eventStream } from '../support/event-stream';
import { printed } from '../support/printed';
import { scriptedServer } from '../support/scripted-server';

const key = 'sk-canary-4f9d0e1c2b3a';
const header = 'canary-header-77aa88bb';
const prompt = 'canary prompt: the patient is called Maud\n    at home (x.ts:1:1)';
const canaries = [key, header, 'canary prompt', 'Maud', 'at home'];
const echo = `You said "${prompt}" with key ${key} and header ${header}`;

const options = { model: 'm', apiKey: key, headers: { 'x-secret': header } };
const data = (said: unknown) => `data: ${JSON.stringify(said)}\n\n`;
const named = (event: { readonly type: string }) => `event: ${event.type}\n${data(event)}`;
const spoiled = [
  ['is no JSON', `data: {"echo": "${echo.replaceAll('\n', ' ')}\n\n`],
  ['is a page of HTML', `data: <html>${key} Maud</html>\n\n`],
  ['is a text', data(echo)],
  ['is a list', data([echo, { [key]: prompt }])],
  [
    'has another shape',
    data({ choices: echo, candidates: echo, type: 'content_block_delta', delta: echo, index: echo }),
  ],
  ['has canaries for names', data({ [key]: 1, choices: [{ [prompt]: 1, delta: { content: { [key]: prompt } } }] })],
  ['is named by a canary', `event: ${key}\ndata: {"${key}": "Maud"\n\n`],
] as const;

interface Vendor {
  readonly provider: (url: string) => Provider;
  /** The first words of an answer. */
  readonly words: string;
  /** What it says when something is wrong, canaries in all of it. */
  readonly errors: readonly (readonly [what: string, events: string])[];
}

const openaiError = { message: echo, type: echo, param: echo, code: key, metadata: { raw: echo } };
const googleError = {
  code: 400,
  message: echo,
  status: key,
  details: [{ reason: prompt, violations: [{ quotaId: echo }] }],
};
const begun = {
  type: 'message_start',
  message: { id: key, model: prompt, usage: { input_tokens: 1, output_tokens: 1 } },
};
const opened = { type: 'content_block_start', index: 0, content_block: { type: 'text', text: '' } };
const said = { type: 'content_block_delta', index: 0, delta: { type: 'text_delta', text: 'A cher' } };
const claudeError = (type: string) =>
  named({ type: 'error', error: { type, message: echo, details: { error_code: key } } } as never);

const vendors: Readonly<Record<string, Vendor>> = {
  OpenAI: {
    provider: (url) => openAICompatible({ ...options, baseURL: `${url}/v1` }),
    words: data({ id: key, model: prompt, choices: [{ index: 0, delta: { content: 'A cher' } }] }),
    errors: [
      ['an error', data({ error: openaiError })],
      ['an error with a status', data({ error: { ...openaiError, code: 400 } })],
      ['an error that is a text', data({ error: echo })],
      ['an error in a choice', data({ choices: [{ index: 0, delta: {}, finish_reason: prompt, error: openaiError }] })],
      ['an event named error', `event: error\n${data(echo)}`],
      ['an event named error, no JSON', `event: error\ndata: ${key} Maud\n\n`],
      ['an index out of range', data({ choices: [{ index: echo, delta: {} }] })],
      [
        'a call without a name',
        data({ choices: [{ index: 0, delta: { tool_calls: [{ index: 0, id: key }] }, finish_reason: prompt }] }),
      ],
    ],
  },
  Anthropic: {
    provider: (url) => anthropic({ ...options, baseURL: url }),
    words: [begun, opened, said].map(named).join(''),
    errors: [
      ['an error of a kind of its own', claudeError(key)],
      ['an overload', claudeError('overloaded_error')],
      ['a refused request', claudeError('invalid_request_error')],
      ['an error without a name', data({ error: { type: echo, message: echo } })],
      ['a block that is none', named({ type: 'content_block_start', index: 1, content_block: echo } as never)],
      [
        'a call without an id',
        named({ type: 'content_block_start', index: 1, content_block: { type: 'tool_use', name: key } } as never),
      ],
    ],
  },
  Gemini: {
    provider: (url) => gemini({ ...options, baseURL: url }),
    words: data({ candidates: [{ content: { parts: [{ text: 'A cher' }] } }], responseId: key, modelVersion: prompt }),
    errors: [
      ['an error', data({ error: googleError })],
      ['an error with a status', data({ error: { ...googleError, code: 429, status: 'RESOURCE_EXHAUSTED' } })],
      ['an error that is a text', data({ error: echo })],
      ['a blocked prompt', data({ promptFeedback: { blockReason: key, blockReasonMessage: echo } })],
      ['a candidate that is none', data({ candidates: [{ content: echo, finishReason: prompt }] })],
      ['an end without a word', data({ candidates: [{ index: 1, finishReason: key, finishMessage: echo }] })],
    ],
  },
};

const cases = Object.entries(vendors).flatMap(([vendor, { words, errors }]) =>
  [...errors, ...spoiled, ['breaks off', ''] as const].flatMap(([what, events]) => [
    [vendor, `${what}, at once`, events] as const,
    [vendor, `${what}, after words`, words + events] as const,
  ]),
);

/** Asks in every way that streams, and prints all that can be seen of it from outside, but the request itself. */
async function everythingShown(provider: Provider, transport?: Transport): Promise<string> {
  const router = createRouter({
    maxRetries: 0,
    maxThrottles: 0,
    deployments: [{ group: 'g', provider, transport }],
    timeouts: { attemptMs: 1000 },
  });
  const events: RouterEvent[] = [];
  router.events$.subscribe((event) => events.push(event));
  const request = { messages: [{ role: 'user' as const, content: prompt }], stream: true };
  const rows = await allOf(router.parallel$([request]));
  const told = await allOf(router.parallelStream$([request]));
  const results = told.flatMap((event) => (event.type === 'result' ? [event.result] : []));
  const thrown: unknown = await allOf(router.stream$(request)).catch((error: unknown) => error);
  const shown = [...rows, ...results].map(({ request: _, ...rest }) => rest);
  expect(shown.map(({ outcome }) => outcome._tag)).toEqual(['Left', 'Left']);
  const errors = shown.flatMap(({ outcome }) => (outcome._tag === 'Left' ? [outcome.left] : []));
  for (const { partial = '' } of errors) expect('A cher').toContain(partial);
  const snapshot = router.snapshot();
  router.close();
  return [
    ...shown,
    ...errors,
    ...errors.flatMap(({ attempts }) => attempts),
    thrown,
    ...events,
    snapshot,
    router,
    provider,
  ]
    .map(printed)
    .join('\n');
}

describe('no key, header or prompt is shown when a stream', () => {
  const opened = closing();

  it.each(cases)('of %s holds what %s', async (vendor, _, stream) => {
    const provider = vendors[vendor]?.provider('http://fake.invalid');
    if (provider === undefined) throw new Error('no such vendor');
    const shown = await everythingShown(provider, bytes([Buffer.from(stream)]));
    for (const canary of canaries) expect(shown).not.toContain(canary);
  });

  it.each(Object.values(vendors))('is an echo of the whole call, over a socket', async ({ provider, words }) => {
    const server = opened(
      await scriptedServer((socket, { head, body }) => {
        const lines = `${head}\r\n${body}`.split('\r\n').map((line) => `data: ${line}\n`);
        const headers = { 'x-request-id': key, 'x-echo': header };
        socket.write(eventStream([words, `${lines.join('')}\n`], { headers }));
      }),
    );
    const shown = await everythingShown(provider(server.url));
    for (const canary of canaries) expect(shown).not.toContain(canary);
  });
});
