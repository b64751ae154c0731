import OpenAI from 'openai';
import { apiKey } from './exchange';
import { promisePool } from './promise-pool';
import type { StreamContender } from './stream-contender';
import { isToken, streamedRequestTo } from './streamed-exchange';

/** The vendor's SDK as it comes. */
export const openaiStream: StreamContender = (url) => {
  const client = new OpenAI({ apiKey, baseURL: `${url}/v1` });
  return async (prompts, concurrency) => {
    let tokens = 0;
    await promisePool(prompts, concurrency, async (prompt) => {
      const stream = await client.chat.completions.create(streamedRequestTo(prompt));
      for await (const { choices } of stream) if (isToken(choices[0]?.delta.content)) tokens += 1;
    });
    return tokens;
  };
};
