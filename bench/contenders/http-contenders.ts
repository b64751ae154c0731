import type { HttpContender } from './http-contender';

/** Loaded one at a time: each runs in a process of its own, so that none spoils the compiled code of another. */
export const httpContenders = {
  'http.request, keep-alive': async () => (await import('./raw-http')).rawHttp,
  'rx-fanout, the whole road': async () => (await import('./fanout-http')).fanoutHttp,
  'of it without the network': async () => (await import('./fanout-alone')).fanoutAlone,
  'axios + p-limit': async () => (await import('./axios-p-limit')).axiosPLimit,
  'openai SDK + p-limit': async () => (await import('./openai-p-limit')).openaiPLimit,
} satisfies Readonly<Record<string, () => Promise<HttpContender>>>;

export type HttpContenderName = keyof typeof httpContenders;
