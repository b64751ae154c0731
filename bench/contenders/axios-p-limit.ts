import axios from 'axios';
import pLimit from 'p-limit';
import { apiKey, isAnswer, type reply, requestTo } from './exchange';
import type { HttpContender } from './http-contender';

/** axios as it comes. */
export const axiosPLimit: HttpContender = (url) => {
  const headers = { authorization: `Bearer ${apiKey}` };
  return async (prompts, concurrency) => {
    const limit = pLimit(concurrency);
    const answers = await Promise.all(
      prompts.map((prompt) =>
        limit(() => axios.post<typeof reply>(`${url}/v1/chat/completions`, requestTo(prompt), { headers })),
      ),
    );
    return answers.filter(({ data }) => isAnswer(data.choices[0]?.message.content)).length;
  };
};
