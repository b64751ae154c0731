import OpenAI from 'openai';
import pLimit from 'p-limit';
import { apiKey, isAnswer, requestTo } from './exchange';
import type { HttpContender } from './http-contender';

/** The vendor's SDK as it comes. */
export const openaiPLimit: HttpContender = (url) => {
  const client = new OpenAI({ apiKey, baseURL: `${url}/v1` });
  return async (prompts, concurrency) => {
    const limit = pLimit(concurrency);
    const answers = await Promise.all(
      prompts.map((prompt) => limit(() => client.chat.completions.create(requestTo(prompt)))),
    );
    return answers.filter(({ choices }) => isAnswer(choices[0]?.message.content)).length;
  };
};
