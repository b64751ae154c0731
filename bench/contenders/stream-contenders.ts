import type { StreamContender } from './stream-contender';

/** Loaded one at a time: each runs in a process of its own, so that none spoils the compiled code of another. */
export const streamContenders = {
  'http.request, parsed by hand': async () => (await import('./by-hand-stream')).byHandStream,
  'http.request + eventsource-parser': async () => (await import('./raw-eventsource-parser')).rawEventsourceParser,
  'rx-fanout, stream$': async () => (await import('./fanout-stream')).fanoutStream,
  'rx-fanout, parallelStream$': async () => (await import('./fanout-parallel-stream')).fanoutParallelStream,
  'rx-fanout, parallel$ of streams': async () => (await import('./fanout-whole-stream')).fanoutWholeStream,
  'fetch + eventsource-parser': async () => (await import('./fetch-eventsource-parser')).fetchEventsourceParser,
  'openai SDK': async () => (await import('./openai-stream')).openaiStream,
} satisfies Readonly<Record<string, () => Promise<StreamContender>>>;

export type StreamContenderName = keyof typeof streamContenders;
