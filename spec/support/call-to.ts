import type { Call } from '../../lib/transport/transport';

/** A call as a provider would make it. Its key and its prompt are canaries: no error may hold them. */
export function callTo(url: string, headers: Call['headers'] = {}): Call {
  return {
    method: 'POST',
    url: `${url}/v1/chat/completions`,
    headers: { authorization: `Bearer ${canaryKey}`, 'content-type': 'application/json', ...headers },
    body: JSON.stringify({ messages: [{ role: 'user', content: canaryPrompt }] }),
  };
}

export const canaryKey = 'sk-canary-1f0e9d8c7b6a';
export const canaryPrompt = 'canary prompt: the patient is called Maud';
