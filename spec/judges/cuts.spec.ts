import { isLeft } from 'fp-ts/Either';
import { accumulate } from '../../lib/accumulate';
import { isCompletionError } from '../../lib/domain/error';
import { createRouter } from '../../lib/router';
import { answerIn } from '../provider/answer-in';
import { chunksOf } from '../provider/chunks-of';
import { eventsOf } from '../provider/events-of';
import { anthropicStreams } from '../provider/fixtures/anthropic-streams';
import { geminiStreams } from '../provider/fixtures/gemini-streams';
import { openAIStreams, otherStreams } from '../provider/fixtures/openai-streams';
import { closing } from '../support/closing';
import { eventStream } from '../support/event-stream';
import { scriptedServer } from '../support/scripted-server';
import { bytes } from './bytes';
import { understood, type Understood } from './understood';
import { understoodIn } from './understood-in';
import { vendors } from './vendors';

type VendorName = keyof typeof vendors;

const all = (vendor: VendorName, fixtures: Readonly<Record<string, string>>, ...names: readonly string[]) =>
  names.map((name) => [vendor, name, fixtures[name] ?? ''] as const);
const streams = [
  ...all('OpenAI', openAIStreams, 'text', 'refusal', 'calls', 'choices', 'filtered'),
  ...all('OpenAI', otherStreams, 'groq', 'mistral', 'openRouter', 'sparing'),
  ...all('Anthropic', anthropicStreams, 'text', 'thinking', 'tools', 'refusal'),
  ...all('Gemini', geminiStreams, 'text', 'thoughts', 'calls', 'candidates', 'usageLast', 'safety'),
];

/** What makes an answer whole. After it the usage may come, and a word that nothing follows. */
const lastEvent: Readonly<Record<VendorName, RegExp>> = {
  OpenAI: /"finish_reason":"\w/g,
  Anthropic: /"type":"message_stop"/g,
  Gemini: /"finishReason":"\w/g,
};

/** The byte with which it is there: the blank line behind the last such event. */
function wholeAt(vendor: VendorName, stream: string): number {
  const last = [...stream.matchAll(lastEvent[vendor])].at(-1)?.index ?? Infinity;
  const blank = /\n\n|\r\n\r/g;
  blank.lastIndex = last;
  blank.exec(stream);
  return Buffer.byteLength(stream.slice(0, blank.lastIndex));
}

const request = { messages: [{ role: 'user' as const, content: 'Name a red fruit' }] };
/** Neither retried, nor held against the deployment. */
const once = { maxRetries: 0, maxThrottles: 0, health: { cooldownMs: 0 } };

/** What a router's stream comes to, in a word, next to the whole answer; what is neither it nor a typed failure fails. */
async function outcomeOf(router: ReturnType<typeof createRouter>, whole: Understood): Promise<'whole' | 'failed'> {
  try {
    const { choices, tokens = whole.tokens } = await understoodIn(router.stream$(request).pipe(accumulate()));
    expect({ choices, tokens }).toEqual(whole);
    return 'whole';
  } catch (error) {
    if (!isCompletionError(error)) throw error;
    expect(['Connection', 'InvalidResponse']).toContain(error._tag);
    expect(whole.choices[0]?.text.startsWith(error.partial ?? '')).toBe(true);
    expect(error.attempts).toHaveLength(1);
    return 'failed';
  }
}

describe.each(streams)('a stream of %s (%s)', (vendor, _, stream) => {
  const provider = vendors[vendor].provider('http://localhost');
  const body = Buffer.from(stream);
  const whole = read(...eventsOf(body));
  const from = wholeAt(vendor, stream);

  function read(...events: ReturnType<typeof eventsOf>): Understood {
    const chunks = chunksOf(provider, events);
    if (isLeft(chunks)) throw chunks.left;
    return understood(answerIn(chunks.right));
  }

  it('that ends at any byte is the answer when it was whole, and a typed failure before', () => {
    const wrong: number[] = [];
    for (let at = 0; at < body.length; at++) {
      const chunks = chunksOf(provider, eventsOf(body.subarray(0, at)));
      const isRight = isLeft(chunks)
        ? at < from && ['Connection', 'InvalidResponse'].includes(chunks.left._tag)
        : at >= from && JSON.stringify(understood(answerIn(chunks.right)).choices) === JSON.stringify(whole.choices);
      if (!isRight) wrong.push(at);
    }
    expect([wrong, from > body.length / 3]).toEqual([[], true]);
  });

  it('in two pieces cut at any byte, or in as many as it has bytes, is the same answer', () => {
    const uncut = JSON.stringify(eventsOf(body));
    for (let at = 1; at < body.length; at++) expect(JSON.stringify(eventsOf(body, at))).toBe(uncut);
    expect(read(...eventsOf(body, ...Array.from(body.keys()).slice(1)))).toEqual(whole);
  });

  it.each(['end', 'reset'] as const)('tells what was heard before the cut (%s)', async (ending) => {
    let at = 0;
    const transport: ReturnType<typeof bytes> = (call) => bytes([body.subarray(0, at)], ending)(call);
    const router = createRouter({ ...once, deployments: [{ group: 'g', provider, transport }] });
    for (at of [...spread(body.length, 40), from - 1, from]) {
      expect([at, await outcomeOf(router, whole)]).toEqual([at, at < from ? 'failed' : 'whole']);
    }
  });
});

describe.each([
  ['OpenAI', openAIStreams.calls],
  ['Anthropic', anthropicStreams.tool],
  ['Gemini', geminiStreams.text],
] as const)('over a socket, a stream of %s', (vendor, stream) => {
  const opened = closing();
  const body = Buffer.from(stream);
  const from = wholeAt(vendor, stream);

  it.each([
    ['with a proper end', true, 'end'],
    ['without one', false, 'end'],
    ['by a reset', false, 'resetAndDestroy'],
  ] as const)('cut %s', async (_, isWhole, close) => {
    let at = body.length;
    const server = opened(
      await scriptedServer((socket) => {
        socket.write(eventStream([body.subarray(0, at)], { isWhole }), () => {
          setTimeout(() => socket[close](), 5); // so that a reset does not overtake what was written
        });
      }),
    );
    const deployments = [{ group: 'g', provider: vendors[vendor].provider(server.url) }];
    const router = opened(createRouter({ ...once, deployments }));
    const whole = await understoodIn(router.stream$(request).pipe(accumulate()));
    for (at of [...spread(body.length, 12), from - 1, from]) {
      expect([at, await outcomeOf(router, whole)]).toEqual([at, at < from ? 'failed' : 'whole']);
    }
  });
});

/** So many numbers below `end`, evenly. */
function spread(end: number, count: number): readonly number[] {
  return Array.from({ length: count }, (_, n) => Math.floor((n * end) / count));
}
