import { answer, type Question } from './answer';
import { chooseFault, type Fault } from './choose-fault';
import type { SimulationOptions } from './options';
import { countRepeats } from './count-repeats';
import { openAIFormat } from './openai';
import { sampleLatency } from './sample-latency';
import { seedOf } from './seed-of';
import { seededRandom } from './seeded-random';
import { tokenBucket } from './token-bucket';
import type { Arrived, HttpReply, WireFormat } from './wire-format';

/** What becomes of one request, and how long (ms) after its arrival. */
export type Decision =
  | { readonly kind: 'reply' | 'slow-reply'; readonly afterMs: number; readonly reply: HttpReply }
  | { readonly kind: 'reset'; readonly afterMs: number }
  | { readonly kind: 'stall' };

const formats: readonly WireFormat[] = [openAIFormat];

const page =
  '<!doctype html>\n<html><head><title>502 Bad Gateway</title></head><body><h1>Bad Gateway (simulated)</h1></body></html>\n';

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
      return atOnce(format.refuse({ status: 401, key }));
    }
    const reading = format.read(arrived);
    if (reading.kind === 'reply') return atOnce(reading.reply);
    const waitMs = untilToken();
    if (waitMs > 0) return atOnce(format.refuse({ status: 429, waitMs }));
    return leaveToChance(format, reading.question, seedOf(seed, arrived.body));
  };

  function leaveToChance(format: WireFormat, question: Question, bodySeed: number): Decision {
    const fateSeed = seedOf(bodySeed, String(repeatsOf(bodySeed)));
    const fate = seededRandom(fateSeed);
    const fault = chooseFault(faults, fate());
    if (fault === 'stall') return { kind: 'stall' };
    const words = seededRandom(seedOf(seed, question.prompt)); // not from fate: a retry is answered in the same words
    const answers = Array.from({ length: question.choices }, () => answer(question, words));
    const tokens = answers.reduce((sum, each) => sum + each.tokens, 0);
    const afterMs = latency === undefined ? 0 : sampleLatency(latency, fate) + tokens * (latency.perTokenMs ?? 0);
    if (fault === 'reset') return { kind: 'reset', afterMs };
    const marks = { id: fateSeed.toString(16).padStart(8, '0'), created: Math.floor(wallNow() / 1000) };
    const reply = spoilt(format.write(question, answers, marks), fault, format);
    return { kind: fault === 'slowBody' ? 'slow-reply' : 'reply', afterMs, reply };
  }
}

function atOnce(reply: HttpReply): Decision {
  return { kind: 'reply', afterMs: 0, reply };
}

function spoilt(reply: HttpReply, fault: Fault | undefined, format: WireFormat): HttpReply {
  if (typeof fault === 'number') return format.refuse({ status: fault });
  if (fault === 'malformed') return { ...reply, body: reply.body.slice(0, -Math.ceil(reply.body.length / 3)) };
  if (fault === 'html') return { ...reply, headers: { 'content-type': 'text/html' }, body: page };
  return reply;
}
