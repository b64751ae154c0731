import { anthropic } from '../../lib/provider/anthropic/anthropic';
import { gemini } from '../../lib/provider/gemini/gemini';
import { openAICompatible } from '../../lib/provider/openai/openai-compatible';
import type { Provider } from '../../lib/provider/provider';
import { anthropicJudge } from './anthropic-judge';
import { geminiJudge } from './gemini-judge';
import type { Heard } from './judge';
import { openAIJudge } from './openai-judge';

/** One wire format: our provider of it, and the SDK that judges it, both at a server's address. */
export interface Vendor {
  readonly provider: (url: string) => Provider;
  readonly judge: (url: string) => Promise<Heard>;
}

const prompt = 'Name a red fruit';
const messages = [{ role: 'user' as const, content: prompt }];
const named = { model: 'm', apiKey: 'k' };

export const vendors = {
  OpenAI: {
    provider: (url) => openAICompatible({ ...named, baseURL: `${url}/v1` }),
    judge: (url) => openAIJudge.streamed(url, { messages }),
  },
  Anthropic: {
    provider: (url) => anthropic({ ...named, baseURL: url }),
    judge: (url) => anthropicJudge.streamed(url, { messages, max_tokens: 100 }),
  },
  Gemini: {
    provider: (url) => gemini({ ...named, baseURL: url }),
    judge: (url) => geminiJudge.streamed(url, { contents: prompt }),
  },
} satisfies Readonly<Record<string, Vendor>>;
