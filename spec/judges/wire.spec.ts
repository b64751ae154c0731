import { accumulate } from '../../lib/accumulate';
import { isCompletionError } from '../../lib/domain/error';
import type { CompletionRequest } from '../../lib/domain/request';
import { createRouter } from '../../lib/router';
import { unwrap } from '../../lib/rows/unwrap';
import { anthropicStreams } from '../provider/fixtures/anthropic-streams';
import { geminiStreams } from '../provider/fixtures/gemini-streams';
import { callStreams, openAIStreams, otherStreams } from '../provider/fixtures/openai-streams';
import { closing } from '../support/closing';
import { eventStream } from '../support/event-stream';
import { rawReply } from '../support/raw-reply';
import { scriptedServer } from '../support/scripted-server';
import { brokenStreams } from './broken-streams';
import { furtherAnthropicStreams, furtherGeminiStreams, furtherOpenAIStreams } from './further-streams';
import type { Heard } from './judge';
import type { Understood } from './understood';
import { understoodIn } from './understood-in';
import { vendors } from './vendors';

type VendorName = keyof typeof vendors;

const opened = closing();

/** What came of the same bytes on each road; a failure is its tag, or the SDK's class. */
interface Verdicts {
  readonly theirs: Understood | string;
  /** `stream$` put together. */
  readonly streamed: Understood | string;
  /** A row of `parallel$`, of a request with `stream: true`. */
  readonly row: Understood | string;
  /** `completion$`, of the body that would have said the same in one piece; `undefined` where the SDK failed. */
  readonly whole: Understood | string | undefined;
}

const request: CompletionRequest = { messages: [{ role: 'user', content: 'Name a red fruit' }] };
/** A failure in a word, and what was heard before it. */
function failure(error: unknown): string {
  if (!isCompletionError(error)) throw error;
  return error.partial === undefined ? error._tag : `${error._tag}: ${error.partial}`;
}

async function verdicts(vendor: VendorName, stream: string): Promise<Verdicts> {
  let body: unknown;
  const bytes = Buffer.from(stream);
  const pieces = Array.from({ length: Math.ceil(bytes.length / 97) }, (_, n) => bytes.subarray(97 * n, 97 * n + 97));
  const server = opened(
    await scriptedServer((socket, { head, body: asked }) => {
      const wantsStream = head.includes('alt=sse') || asked.includes('"stream":true');
      socket.write(wantsStream ? eventStream(pieces) : rawReply(JSON.stringify(body)));
    }),
  );
  const { judge, provider } = vendors[vendor];
  const router = opened(
    createRouter({
      maxRetries: 0,
      maxThrottles: 0,
      health: { cooldownMs: 0 },
      deployments: [{ group: 'g', provider: provider(server.url) }],
    }),
  );
  const theirs = await judge(server.url).catch((error: unknown): string => (error as Error).constructor.name);
  const streamed = await understoodIn(router.stream$(request).pipe(accumulate())).catch(failure);
  const row = await understoodIn(router.parallel$([{ ...request, stream: true }]).pipe(unwrap())).catch(failure);
  if (typeof theirs === 'object') ({ body } = theirs);
  const whole = body === undefined ? undefined : await understoodIn(router.completion$(request)).catch(failure);
  return { theirs: heardIn(theirs), streamed, row, whole };
}

function heardIn(theirs: Heard | string): Understood | string {
  return typeof theirs === 'string' ? theirs : theirs.heard;
}

const named = (vendor: VendorName, streams: Readonly<Record<string, string>>, ...less: readonly string[]) =>
  Object.entries(streams).flatMap(([name, stream]) => (less.includes(name) ? [] : [[vendor, name, stream] as const]));

describe('of the same stream the official SDK and our client understand the same', () => {
  it.each([
    ...named('OpenAI', openAIStreams),
    ...named('OpenAI', furtherOpenAIStreams),
    ...named('OpenAI', { openRouter: otherStreams.openRouter, message: otherStreams.message }),
    ...named('Anthropic', anthropicStreams, 'refused', 'overloaded'),
    ...named('Anthropic', furtherAnthropicStreams),
    ...named('Gemini', geminiStreams, 'blocked', 'withheld', 'malformedCall', 'error', 'noMarker', 'empty'),
    ...named('Gemini', furtherGeminiStreams),
  ])('%s: %s', async (vendor, _, stream) => {
    const { theirs, streamed, row, whole } = await verdicts(vendor, stream);
    expect(streamed).toEqual(theirs);
    expect(row).toEqual(theirs);
    expect(whole).toEqual(theirs);
  });
});

describe('where the official SDK fails, ours is a typed failure, with what was heard', () => {
  it.each(brokenStreams)('%s: %s', async (vendor, _, expected, stream) => {
    const { theirs, streamed, row } = await verdicts(vendor, stream);
    expect([typeof theirs, streamed, row]).toEqual(['string', expected, expected]);
  });
});

describe('where there is no answer the SDK gives an empty or an unfinished one, and ours is a typed failure', () => {
  it.each([
    ['Anthropic', 'ContentPolicyViolation', anthropicStreams.refused],
    ['Gemini', 'ContentPolicyViolation', geminiStreams.blocked],
    ['Gemini', 'ContentPolicyViolation', geminiStreams.withheld],
    ['Gemini', 'InvalidResponse', geminiStreams.malformedCall],
    ['Gemini', 'InvalidResponse', geminiStreams.empty],
    ['Gemini', 'Connection: A cher', geminiStreams.noMarker],
  ] as const)('%s: %s', async (vendor, expected, stream) => {
    const { theirs, streamed, row } = await verdicts(vendor, stream);
    expect([typeof theirs, streamed, row]).toEqual(['object', expected, expected]);
  });
});

describe('where the SDK of OpenAI does not understand other servers, ours does', () => {
  const cherry = { text: 'A cherry.', reasoning: '', refusal: '', calls: [], finish: 'stop' };
  const thought = { ...cherry, reasoning: 'Fruit. ' };
  const tokens = { prompt: 19, completion: 10, total: 29, cached: 0, reasoning: 0 };
  const oslo = { id: 'call_1', name: 'weather', args: { city: 'Oslo' }, extra: undefined };
  const now = { id: 'call_2', name: 'now', args: {}, extra: undefined };
  const called = { ...cherry, text: '', calls: [oslo, now], finish: 'tool_calls' };

  it.each([
    ['groq', { choices: [thought], tokens }],
    ['mistral', { choices: [thought], tokens }],
    ['deepseek', { choices: [thought], tokens: { ...tokens, cached: 16 } }],
    ['xai', { choices: [thought], tokens: { ...tokens, completion: 6, total: 25, reasoning: 2 } }],
    ['sparing', { choices: [cherry], tokens }],
    ['oldText', { choices: [cherry], tokens: undefined }],
  ] as const)('%s', async (name, expected) => {
    const { theirs, streamed, row } = await verdicts('OpenAI', otherStreams[name]);
    expect([streamed, row]).toEqual([expected, expected]);
    expect(theirs).not.toEqual(expected);
  });

  it.each(Object.entries(callStreams))('calls: %s', async (_, stream) => {
    const { theirs, streamed, row } = await verdicts('OpenAI', stream);
    expect([streamed, row]).toEqual([{ choices: [called] }, { choices: [called] }]);
    expect(theirs).toBe('OpenAIError'); // these streams have no role
  });
});
