import { accumulate } from '../../lib/accumulate';
import { isCompletionError } from '../../lib/domain/error';
import { createRouter } from '../../lib/router';
import { unwrap } from '../../lib/rows/unwrap';
import type { SimulationOptions } from '../../lib/testing/simulate/options';
import { simulateProviders } from '../../lib/testing/simulate/simulate-providers';
import { closing } from '../support/closing';
import { anthropicJudge } from './anthropic-judge';
import { asks, type Ask } from './asks';
import { geminiJudge } from './gemini-judge';
import type { Heard } from './judge';
import { openAIJudge } from './openai-judge';
import type { Understood } from './understood';
import { understoodIn } from './understood-in';
import { vendors } from './vendors';

type VendorName = keyof typeof vendors;

/** The SDK's two ways of asking; `undefined` where its vendor has nothing like what is asked. */
const judges: Readonly<Record<VendorName, (url: string, ask: Ask) => readonly (() => Promise<Understood>)[]>> = {
  OpenAI: (url, { OpenAI: ask }) => both(openAIJudge, url, ask),
  Anthropic: (url, { Anthropic: ask }) => (ask === undefined ? [] : both(anthropicJudge, url, ask)),
  Gemini: (url, { Gemini: ask }) => both(geminiJudge, url, ask),
};

function both<A>(
  judge: { whole: (url: string, ask: A) => Promise<Understood>; streamed: (url: string, ask: A) => Promise<Heard> },
  url: string,
  ask: A,
): readonly (() => Promise<Understood>)[] {
  return [() => judge.whole(url, ask), () => judge.streamed(url, ask).then(({ heard }) => heard)];
}

const opened = closing();

/** Every way to ask: the SDK's, whole and streamed, and ours, whole, streamed, and in a row. */
async function ways(vendor: VendorName, ask: Ask, options?: SimulationOptions) {
  const simulated = opened(await simulateProviders({ seed: 7, ...options }));
  const { completion$, stream$, parallel$ } = opened(
    createRouter({
      maxRetries: 0,
      maxThrottles: 0,
      health: { cooldownMs: 0 },
      deployments: [{ group: 'g', provider: vendors[vendor].provider(simulated.url) }],
    }),
  );
  return {
    theirs: judges[vendor](simulated.url, ask),
    ours: [
      () => understoodIn(completion$(ask.ours)),
      () => understoodIn(stream$(ask.ours).pipe(accumulate())),
      () => understoodIn(parallel$([{ ...ask.ours, stream: true }]).pipe(unwrap())),
    ],
  };
}

/** Calls are told apart, and have other ids each time. */
function withoutIds({ choices, tokens }: Understood): unknown {
  const ids = choices.flatMap(({ calls }) => calls.map(({ id }) => id));
  expect(ids.every((id) => id !== '')).toBe(true);
  return {
    choices: choices.map(({ calls, ...said }) => ({ ...said, calls: calls.map(({ id: _, ...rest }) => rest) })),
    tokens,
  };
}

const names = Object.keys(vendors) as VendorName[];
const prose: Ask = asks.prose;
const all: readonly (readonly [name: string, ask: Ask])[] = Object.entries<Ask>(asks);

/** So that all do not agree on nothing. */
const expected: Readonly<Record<string, object>> = {
  'prose cut short': { choices: [{ finish: 'length' }] },
  'two answers': { choices: [{}, {}] },
  'a tool': { choices: [{ calls: [{ name: 'get_weather', args: { city: 'Zürich' } }], finish: 'tool_calls' }] },
  'two tools': { choices: [{ calls: [{ name: 'get_weather' }, { name: 'get_time' }] }] },
  'the tool that is told': { choices: [{ calls: [{ name: 'get_time' }] }] },
  'no tool': { choices: [{ calls: [], finish: 'stop' }] },
  'what a tool gave': { choices: [{ calls: [], text: expect.stringContaining('rain') as string }] },
  'what it thinks': { choices: [{ reasoning: expect.stringContaining('This is about') as string }] },
};

describe.each(names)('the simulated %s', (vendor) => {
  const possible = all.filter(([, ask]) => ask[vendor] !== undefined);

  it.each(possible)('gives the same to the official SDK and to us, whole and streamed: %s', async (name, ask) => {
    const { theirs, ours } = await ways(vendor, ask);
    const [first, ...rest] = await Promise.all([...theirs, ...ours].map((way) => way().then(withoutIds)));
    expect(rest).toEqual(rest.map(() => first));
    expect(rest).toHaveLength(4);
    expect(first).toMatchObject(expected[name] ?? {});
  });
});

/** How a way of ours ends that does not end well: its tag, and what was heard. */
async function ourEnd(way: () => Promise<Understood>): Promise<readonly [tag: string, partial?: string]> {
  const error: unknown = await way().catch((reason: unknown) => reason);
  if (!isCompletionError(error)) throw new Error('it ended well');
  return error.partial === undefined ? [error._tag] : [error._tag, error.partial];
}

/** And one of the SDK's: its class, and the status. */
async function theirEnd(way: () => Promise<Understood>): Promise<readonly [name: string, status?: number]> {
  const error: unknown = await way().catch((reason: unknown) => reason);
  if (isUnderstood(error)) throw new Error('it ended well');
  const { constructor, status } = error as {
    readonly constructor: { readonly name: string };
    readonly status?: number;
  };
  return status === undefined ? [constructor.name] : [constructor.name, status];
}

function isUnderstood(value: unknown): value is Understood {
  return typeof value === 'object' && value !== null && 'choices' in value;
}

describe('what the official SDKs throw their own errors for, ours has a tag for', () => {
  it.each([
    ['OpenAI', 'AuthenticationError', 401],
    ['Anthropic', 'AuthenticationError', 401],
    ['Gemini', 'ApiError', 400],
  ] as const)('a wrong key: %s', async (vendor, name, status) => {
    const { theirs, ours } = await ways(vendor, prose, { keys: ['another'] });
    for (const way of theirs) expect(await theirEnd(way)).toEqual([name, status]);
    for (const way of ours) expect(await ourEnd(way)).toEqual(['Authentication']);
  });

  it.each([
    ['OpenAI', 'RateLimitError'],
    ['Anthropic', 'RateLimitError'],
    ['Gemini', 'ApiError'],
  ] as const)('a rate limit: %s', async (vendor, name) => {
    const { theirs, ours } = await ways(vendor, prose, { rateLimit: { rps: 0.01, burst: 1 } });
    await theirs[0]?.();
    for (const way of theirs) expect(await theirEnd(way)).toEqual([name, 429]);
    for (const way of ours) expect(await ourEnd(way)).toEqual(['RateLimited']);
  });

  it.each([
    ['OpenAI', 500, 'InternalServerError', 'ServerError'],
    ['OpenAI', 404, 'NotFoundError', 'NotFound'],
    ['OpenAI', 403, 'PermissionDeniedError', 'PermissionDenied'],
    ['Anthropic', 529, 'OverloadedError', 'Overloaded'],
    ['Anthropic', 413, 'ContentTooLargeError', 'BadRequest'],
    ['Gemini', 503, 'ApiError', 'Overloaded'],
    ['Gemini', 500, 'ApiError', 'ServerError'],
  ] as const)('a status: %s %i', async (vendor, status, name, tag) => {
    const { theirs, ours } = await ways(vendor, prose, { faults: { status: { [status]: 1 } } });
    for (const way of theirs) expect(await theirEnd(way)).toEqual([name, status]);
    for (const way of ours) expect(await ourEnd(way)).toEqual([tag]);
  });

  it.each([
    ['OpenAI', 'errorEvent', 'APIError', 'ServerError'],
    ['OpenAI', 'malformed', 'OpenAIError', 'InvalidResponse'],
    ['OpenAI', 'noEnd', 'OpenAIError', 'Connection'],
    ['OpenAI', 'cut', 'OpenAIError', 'Connection'],
    ['Anthropic', 'errorEvent', 'APIError', 'Overloaded'],
    ['Anthropic', 'malformed', 'AnthropicError', 'InvalidResponse'],
    ['Anthropic', 'noEnd', 'AnthropicError', 'Connection'],
    ['Anthropic', 'cut', 'AnthropicError', 'Connection'],
    ['Gemini', 'errorEvent', 'ApiError', 'Overloaded'],
    ['Gemini', 'malformed', 'SyntaxError', 'InvalidResponse'],
    ['Gemini', 'cut', 'TypeError', 'Connection'],
  ] as const)('a fault inside a stream: %s, %s', async (vendor, fault, name, tag) => {
    const { theirs, ours } = await ways(vendor, prose, { faults: { [fault]: 1 } });
    expect((await Promise.all(theirs.slice(1).map(theirEnd)))[0]?.[0]).toBe(name);
    const sound = opened(await simulateProviders({ seed: 7 }));
    const { choices } = await geminiJudge.whole(sound.url, prose.Gemini); // the same words from all
    for (const way of ours.slice(1)) {
      const [said, partial] = await ourEnd(way);
      expect(said).toBe(tag);
      expect([partial === '', choices[0]?.text.startsWith(partial ?? '?')]).toEqual([false, true]);
    }
  });

  it.each(names)('and nothing where a stream comes in awkward pieces: %s', async (vendor) => {
    const { theirs, ours } = await ways(vendor, prose, { faults: { splitUtf8: 1 } });
    const heard = await Promise.all([...theirs.slice(1), ...ours.slice(1)].map((way) => way()));
    for (const one of heard) expect(one).toEqual(heard[0]);
  });
});
