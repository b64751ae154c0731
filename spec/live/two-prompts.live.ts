import { anthropic } from '../../lib/provider/anthropic/anthropic';
import { gemini } from '../../lib/provider/gemini/gemini';
import { openai } from '../../lib/provider/openai/openai';
import type { Provider } from '../../lib/provider/provider';
import { createRouter } from '../../lib/router';
import { text } from '../../lib/domain/completion';
import type { ParallelResult } from '../../lib/domain/result';
import { allOf } from '../support/all-of';

// Real providers, real money: `RUN_LIVE=1 GEMINI_API_KEY=… npm run test:live`. Cheap models by default; others by `…_MODEL`, a proxy by
// the variable that the vendor's own SDK reads.
const vendors: readonly {
  readonly name: string;
  readonly keyName: string;
  readonly modelName: string;
  readonly model: string;
  readonly open: (options: { readonly model: string; readonly apiKey: string }) => Provider;
}[] = [
  {
    name: 'Gemini',
    keyName: 'GEMINI_API_KEY',
    modelName: 'GEMINI_MODEL',
    model: 'gemini-2.5-flash-lite',
    open: (options) => gemini({ ...options, baseURL: given('GOOGLE_GEMINI_BASE_URL') }),
  },
  {
    name: 'OpenAI',
    keyName: 'OPENAI_API_KEY',
    modelName: 'OPENAI_MODEL',
    model: 'gpt-4.1-nano',
    open: (options) => openai({ ...options, baseURL: given('OPENAI_BASE_URL') }),
  },
  {
    name: 'Anthropic',
    keyName: 'ANTHROPIC_API_KEY',
    modelName: 'ANTHROPIC_MODEL',
    model: 'claude-haiku-4-5',
    open: (options) => anthropic({ ...options, baseURL: given('ANTHROPIC_BASE_URL') }),
  },
];

function given(name: string): string | undefined {
  const value = process.env[name];
  return value === '' ? undefined : value;
}

const saidIn = ({ outcome }: ParallelResult): string =>
  outcome._tag === 'Right' ? plain(text(outcome.right)) : outcome.left.message;
/** Without case, white space and punctuation: what a model may add to one word. */
const plain = (said: string): string => said.toLowerCase().replace(/[^\p{L}]/gu, '');

describe.each(vendors)('$name, live', ({ name, keyName, modelName, model, open }) => {
  const apiKey = given(keyName);
  const missing = [
    ...(given('RUN_LIVE') === '1' ? [] : ['RUN_LIVE=1 is not set']),
    ...(apiKey === undefined ? [`${keyName} is not set`] : []),
  ];
  if (apiKey === undefined || missing.length > 0) {
    process.stdout.write(`${name} is not asked: ${missing.join(', ')}\n`);
    it.todo(`is not asked: ${missing.join(', ')}`);
    return;
  }

  it.each([false, true])(
    'answers two prompts at once, gathered in order (stream: %p)',
    async (stream) => {
      const { gather$, close } = createRouter({
        deployments: [{ group: 'live', provider: open({ model: given(modelName) ?? model, apiKey }) }],
        timeouts: { totalMs: 60_000 },
      });
      const requests = ['Say only: hello', 'Reply only: ok'].map((content) => ({
        messages: [{ role: 'user' as const, content }],
        stream,
      }));
      const [rows = []] = await allOf(gather$(requests, { concurrency: 2 }));
      close();
      expect(rows.map(({ index }) => index)).toEqual([0, 1]);
      expect(rows.map(saidIn)).toEqual(['hello', 'ok']);
      expect(rows.every(({ usage }) => usage.totalTokens > 0)).toBe(true);
    },
    90_000,
  );
});
