import { Agent, request } from 'node:http';
import { apiKey, isAnswer, requestTo } from './exchange';
import type { HttpContender } from './http-contender';
import { promisePool } from './promise-pool';

interface Answer {
  readonly choices: readonly { readonly message: { readonly content: string } }[];
}

/** The least that one can write on Node's own client: no retry, no time-out, no check of the reply. */
export const rawHttp: HttpContender = (url) => {
  const { hostname, port } = new URL(url); // once: taking an address apart costs a tenth of a request
  const to = { hostname, port, path: '/v1/chat/completions', method: 'POST', agent: new Agent({ keepAlive: true }) };
  const ask = (prompt: string): Promise<Answer> =>
    new Promise((resolve, reject) => {
      const body = JSON.stringify(requestTo(prompt));
      const headers = {
        authorization: `Bearer ${apiKey}`,
        'content-type': 'application/json',
        'content-length': Buffer.byteLength(body),
      };
      request({ ...to, headers }, (response) => {
        let text = '';
        response
          .setEncoding('utf8')
          .on('data', (piece: string) => (text += piece))
          .on('end', () => {
            resolve(JSON.parse(text) as Answer);
          })
          .on('error', reject);
      })
        .on('error', reject)
        .end(body);
    });

  return async (prompts, concurrency) => {
    let answers = 0;
    await promisePool(prompts, concurrency, async (prompt) => {
      const { choices } = await ask(prompt);
      if (isAnswer(choices[0]?.message.content)) answers += 1;
    });
    return answers;
  };
};
