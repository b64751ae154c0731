import { accumulate } from '../../lib/accumulate';
import { createRouter, type FanoutRouter } from '../../lib/router';
import { openAIStreams } from '../provider/fixtures/openai-streams';
import { allOf } from '../support/all-of';
import { chunkOf, eventStream } from '../support/event-stream';
import { rawReply } from '../support/raw-reply';
import { scriptedServer, type Script, type ScriptedServer } from '../support/scripted-server';
import { until } from '../support/until';
import { within } from '../support/within';
import type { Understood } from './understood';
import { understoodIn } from './understood-in';
import { vendors } from './vendors';

const { text } = openAIStreams;
const done = 'data: [DONE]\n\n';
const unfinished = text.slice(0, -done.length);
const answer = { text: 'A cherry, 🍒.', reasoning: '', refusal: '', calls: [], finish: 'stop' };
const tokens = { prompt: 19, completion: 10, total: 29, cached: 4, reasoning: 3 };
const whole: Understood = { choices: [answer], tokens };

describe('a server that imitates OpenAI', () => {
  let server: ScriptedServer | undefined;
  let router: FanoutRouter | undefined;

  afterEach(async () => {
    router?.close();
    await server?.close();
  });

  /** Two deployments, so that another try is at once. */
  const serve = async (script: Script, maxRetries = 0): Promise<FanoutRouter> => {
    server = await scriptedServer(script);
    const one = { group: 'g', provider: vendors.OpenAI.provider(server.url) };
    router = createRouter({ maxRetries, deployments: [one, one] });
    return router;
  };
  const sends =
    (...pieces: readonly string[]): Script =>
    (socket) =>
      socket.write(eventStream(pieces));

  it.each<[what: string, script: Script]>([
    ['is the model for all others', sends(text)],
    [
      'calls its events plain text',
      (socket) => socket.write(eventStream([text], { headers: { 'content-type': 'text/plain; charset=utf-8' } })),
    ],
    ['does not say what it sends', (socket) => socket.end(`HTTP/1.1 200 OK\r\nconnection: close\r\n\r\n${text}`)],
    [
      'says in advance how much it sends',
      (socket) => socket.write(rawReply(text, { headers: { 'content-type': 'text/event-stream' } })),
    ],
    ['ends its lines with CRLF', sends(text.replaceAll('\n', '\r\n'))],
    ['ends its lines with CR', sends(text.replaceAll('\n', '\r'))],
    ['begins with a byte order mark', sends(`\uFEFF${text}`)],
    [
      'keeps the line open with comments',
      sends(': OPENROUTER PROCESSING\n\n', ': OPENROUTER PROCESSING\n\n', text.replaceAll('\n\n', '\n\n: on it\n\n')),
    ],
    ['forgets [DONE]', sends(unfinished)],
    ['says [DONE] twice', sends(text + done)],
    ['says more after [DONE]', sends(text, openAIStreams.length)],
    ['fails after [DONE]', sends(text, 'data: {"error":{"message":"late"}}\n\n')],
    ['breaks off after [DONE]', (socket) => socket.end(eventStream([text], { isWhole: false }))],
    ['is reset after [DONE]', resetting(text)],
    ['puts spaces around [DONE]', sends(`${unfinished}data:  [DONE] \n\n`)],
    ['names its events', sends(text.replaceAll('data: ', 'event: completion.chunk\ndata: '))],
    ['numbers its events', sends(text.replaceAll('data: ', 'id: 7\nretry: 10\ndata: '))],
  ])('that %s', async (_, script) => {
    const { stream$ } = await serve(script);
    expect(await understoodIn(stream$('Name a red fruit').pipe(accumulate()))).toEqual(whole);
    expect(server?.requests).toHaveLength(1);
  });

  it('that ignores `stream` and answers whole', async () => {
    const usage = { prompt_tokens: 19, completion_tokens: 10, total_tokens: 29 };
    const message = { role: 'assistant', content: answer.text };
    const body = JSON.stringify({ choices: [{ index: 0, message, finish_reason: 'stop' }], usage });
    const { stream$ } = await serve((socket) => socket.write(rawReply(body)));
    const { choices } = await understoodIn(stream$('Name a red fruit').pipe(accumulate()));
    expect(choices).toEqual([answer]);
  });

  it('that leaves the socket open after [DONE] is done in a moment, and loses it', async () => {
    const { stream$ } = await serve((socket) => socket.write(eventStream([text], { isWhole: false })));
    const understood = understoodIn(stream$('Name a red fruit').pipe(accumulate()));
    expect(await within(600, 'the answer', understood)).toEqual(whole);
    await until('the socket is closed', () => server?.openSockets() === 0, 200);
  });

  it('that never stops after [DONE] loses the socket too', async () => {
    const { stream$ } = await serve((socket) => {
      socket.write(eventStream([text], { isWhole: false }));
      const more = setInterval(() => socket.write(chunkOf(': still here\n\n')), 10);
      socket.on('close', () => {
        clearInterval(more);
      });
    });
    const understood = understoodIn(stream$('Name a red fruit').pipe(accumulate()));
    expect(await within(600, 'the answer', understood)).toEqual(whole);
    await until('the socket is closed', () => server?.openSockets() === 0, 200);
  });

  const error = 'data: {"error":{"message":"The server had an error","type":"server_error","code":null}}\n\n';
  const filtered = 'data: {"choices":[{"index":0,"delta":{},"finish_reason":"content_filter"}]}\n\n';
  const opening = text.slice(0, text.indexOf('\n\n') + 2);

  it.each([
    ['an error', error],
    ['an error behind a comment and a role', `: on it\n\n${opening}${error}`],
    ['a role, and then the end', opening],
    ['half an event', 'data: {"choi'],
    ['an event that is no JSON', 'data: {"choi\n\n'],
    ['a page of HTML', '<html><body>502</body></html>'],
    ['nothing', ''],
    ['nothing but [DONE]', done],
    ['a role and [DONE]', opening + done],
  ])('whose first answer is %s is asked again', async (_, first) => {
    const { stream$, result$ } = await serve((socket, { index }) => {
      socket.write(eventStream([index % 2 === 0 ? first : text]));
    }, 1);
    const request = { messages: [{ role: 'user' as const, content: 'Name a red fruit' }], stream: true };
    expect(await understoodIn(stream$(request).pipe(accumulate()))).toEqual(whole);
    const [row] = await allOf(result$(request));
    expect(row?.attempts.map(({ ended }) => ended)).toEqual(['failed', 'ok']);
    expect(server?.requests).toHaveLength(4);
  });

  it('whose answer a filter took is not asked again', async () => {
    const { stream$ } = await serve(sends(opening, filtered, done), 1);
    await expect(understoodIn(stream$('Name a red fruit').pipe(accumulate()))).rejects.toMatchObject({
      _tag: 'ContentPolicyViolation',
      attempts: [{ ended: 'failed' }],
    });
  });
});

/** Everything, and a moment later a reset. */
function resetting(stream: string): Script {
  return (socket) => {
    socket.write(eventStream([stream], { isWhole: false }), () => {
      setTimeout(() => socket.resetAndDestroy(), 20);
    });
  };
}
