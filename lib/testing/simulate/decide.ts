import { anthropicFormat } from './anthropic';
import { answer } from './answer';
import { chooseFault } from './choose-fault';
import { countRepeats } from './count-repeats';
import { geminiFormat } from './gemini';
import { openAIFormat } from './openai';
import type { SimulationOptions } from './options';
import type { PacedReply } from './paced-reply';
import { sampleLatency } from './sample-latency';
import { seedOf } from './seed-of';
import { seededRandom } from './seeded-random';
import { spoilReply } from './spoil-reply';
import { spoilStream } from './spoil-stream';
import { tokenBucket } from './token-bucket';
import type { Answers, Arrived, HttpReply, Reading, WireFormat } from './wire-format';

/** What becomes of one request, and how long (ms) after its arrival. */
export type Decision =
  | { readonly kind: 'reply'; readonly afterMs: number; readonly reply: HttpReply }
  | ({ readonly kind: 'parts'; readonly afterMs: number } & PacedReply)
  | { readonly kind: 'reset'; readonly afterMs: number }
  | { readonly kind: 'stall' };

const formats: readonly WireFormat[] = [anthropicFormat, geminiFormat, openAIFormat];

const page: HttpReply = {
  status: 200,
  headers: { 'content-type': 'text/html' },
  body: '<!doctype html>\n<html><head><title>502 Bad Gateway</title></head><body><h1>Bad Gateway (simulated)</h1></body></html>\n',
};

/**
 * Everything that a simulated provider decides, without I/O: addresses, keys and malformed requests first, then the rate limit,
 * then chance. Chance comes from the seed, the body, and how many equal bodies came before (so that a retry has its own luck).
 * `now` is a clock in ms, `wallNow` in ms since the epoch.
 */
export function decider(
  { seed = 1, latency, rateLimit, faults = {}, keys }: SimulationOptions,
  now: () => number,
  wallNow: () => number,
): (arrived: Arrived) => Decision {
  const untilToken = rateLimit === undefined ? () => 0 : tokenBucket(rateLimit, now);
  const repeatsOf = countRepeats(10_000);

  return (arrived) => {
    const format = formats.find(({ owns }) => owns(arrived.path)) ?? openAIFormat;
    const key = format.keyOf(arrived);
    if (keys !== undefined && !(key !== undefined && keys.includes(key))) {
      return atOnce(format.refuse({ status: 401, key }, arrived));
    }
    const reading = format.read(arrived);
    if (reading.kind === 'reply') return atOnce(reading.reply);
    const waitMs = untilToken();
    if (waitMs > 0) return atOnce(format.refuse({ status: 429, waitMs }, arrived));
    return leaveToChance(format, arrived, reading);
  };

  function leaveToChance(
    format: WireFormat,
    arrived: Arrived,
    { question, write }: Extract<Reading, { kind: 'question' }>,
  ): Decision {
    const bodySeed = seedOf(seed, arrived.body);
    const fateSeed = seedOf(bodySeed, String(repeatsOf(bodySeed)));
    const fate = seededRandom(fateSeed);
    const fault = chooseFault(faults, fate());
    if (fault === 'stall') return { kind: 'stall' };
    const words = seededRandom(seedOf(seed, question.prompt)); // not from fate: a retry is answered in the same words
    const say = () => answer(question, words);
    const answers: Answers = [say(), ...Array.from({ length: question.choices - 1 }, say)];
    const { perTokenMs = 0 } = latency ?? {};
    const firstMs = latency === undefined ? 0 : sampleLatency(latency, fate);
    const marks = { id: fateSeed.toString(16).padStart(8, '0'), created: Math.floor(wallNow() / 1000) };
    const reply = write(answers, marks);
    const tokens = 'parts' in reply ? 0 : answers.reduce((sum, each) => sum + each.tokens, 0);
    const afterMs = firstMs + tokens * perTokenMs;
    if (fault === 'reset') return { kind: 'reset', afterMs };
    if (typeof fault === 'number') return { kind: 'reply', afterMs, reply: format.refuse({ status: fault }, arrived) };
    if (fault === 'html') return { kind: 'reply', afterMs, reply: page };
    const sent = 'parts' in reply ? spoilStream(reply, fault, fate(), perTokenMs) : spoilReply(reply, fault);
    return 'parts' in sent ? { kind: 'parts', afterMs, ...sent } : { kind: 'reply', afterMs, reply: sent };
  }
}

function atOnce(reply: HttpReply): Decision {
  return { kind: 'reply', afterMs: 0, reply };
}
