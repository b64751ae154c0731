import { leftOfLeases, putBack, useUp, type Leased, type Portion } from './leased';

/**
 * A limit a minute, of calls or of tokens, and what has been taken of it. Two rules at once: a bucket that is refilled at the limit
 * paces what is sent, and of the current second and the sixty before it together never more than the limit is taken; so it holds in any
 * 60 s, and 60/61 of it can be kept up. Plain data, changed in place by the functions below, each O(1) but for the seconds gone by.
 */
export interface Rate {
  readonly counts: 'requests' | 'tokens';
  /** A minute. */
  limit: number;
  /** The depth of the bucket: a tenth of the limit, at least 1. Whatever wants more waits until the bucket is full, and leaves a debt. */
  burst: number;
  /** In the bucket, at `levelAt` (ms). */
  level: number;
  levelAt: number;
  /** What was taken in each of the last 61 seconds, a ring. */
  readonly seconds: Float64Array;
  /** The current one, counted from the clock's zero. */
  second: number;
  /** Of all of `seconds`. */
  taken: number;
  /** What we hold of it; absent: all of it is ours. */
  leased: Leased | undefined;
}

const ringSize = 61;

/** A bucket filled by fractions of a ms is never quite full. */
const tolerance = 1e-6;

const none: readonly Portion[] = [];

export function rate(counts: Rate['counts'], limit: number): Rate {
  const burst = burstOf(limit);
  return {
    counts,
    limit,
    burst,
    level: burst,
    levelAt: 0,
    seconds: new Float64Array(ringSize),
    second: 0,
    taken: 0,
    leased: undefined,
  };
}

/** What was taken stays taken. */
export function setLimit(rate: Rate, limit: number): void {
  rate.limit = limit;
  rate.burst = burstOf(limit);
  rate.level = Math.min(rate.burst, rate.level);
}

function burstOf(limit: number): number {
  return Math.max(1, limit / 10);
}

/** When so much can be taken: `now`, or later (ms); Infinity: never, for it is more than the limit. */
export function opensAt(rate: Rate, amount: number, now: number): number {
  const wanted = Math.min(amount, rate.burst);
  if (rate.level >= wanted && rate.taken + amount <= rate.limit) return now; // time only adds to that
  advance(rate, now);
  const missing = wanted - rate.level;
  const paced = missing <= tolerance ? now : rate.levelAt + (missing * 60_000) / rate.limit;
  let over = rate.taken + amount - rate.limit;
  if (over <= 0) return paced;
  for (let second = rate.second - ringSize + 1; second <= rate.second; second++) {
    over -= rate.seconds[placeOf(second)] ?? 0;
    if (over <= 0) return Math.max(paced, (second + ringSize) * 1000);
  }
  return Infinity;
}

/** Tells of which leases it was taken. */
export function take(rate: Rate, amount: number, now: number): readonly Portion[] {
  advance(rate, now);
  add(rate, amount, rate.second);
  return rate.leased === undefined ? none : useUp(rate.leased, amount, now);
}

/** What was taken at a time (ms), of these leases, has turned out to be less, or (below 0) more. */
export function giveBack(rate: Rate, amount: number, takenAt: number, now: number, portions = none): void {
  advance(rate, now);
  add(rate, -amount, Math.floor(takenAt / 1000));
  rate.level = Math.min(rate.burst, rate.level);
  if (rate.leased === undefined) return;
  if (amount > 0) putBack(rate.leased, portions, amount);
  else useUp(rate.leased, -amount, now);
}

/** A provider said, at a time (ms), how much was left: when that is less than we thought, it is right. */
export function correct(rate: Rate, left: number, saidAt: number, now: number): void {
  advance(rate, now);
  rate.level = Math.min(rate.level, left + ((now - saidAt) * rate.limit) / 60_000);
}

/** What could still be taken in this minute. */
export function leftOf(rate: Rate, now: number): number {
  advance(rate, now);
  return Math.max(0, rate.limit - rate.taken);
}

/** Whether so much can be taken of what we hold; the clock alone (`opensAt`) never brings more. */
export function isLeased({ leased }: Rate, amount: number, now: number): boolean {
  return leased === undefined || leftOfLeases(leased, now) >= amount - tolerance;
}

/** Asks for so much, and for a second's worth at least, that not each call has to wait for a lease of its own. */
export function askForLease({ limit, leased }: Rate, amount: number): void {
  leased?.ask(Math.min(limit, Math.max(Math.ceil(limit / 60), amount + leased.owed)));
}

function add(rate: Rate, amount: number, second: number): void {
  rate.level -= amount;
  if (second <= rate.second - ringSize) return; // it is out of the minute already
  const place = placeOf(second);
  rate.seconds[place] = (rate.seconds[place] ?? 0) + amount;
  rate.taken += amount;
}

function advance(rate: Rate, now: number): void {
  const passedMs = now - rate.levelAt;
  if (passedMs <= 0) return;
  rate.level = Math.min(rate.burst, rate.level + (passedMs * rate.limit) / 60_000);
  rate.levelAt = now;
  const current = Math.floor(now / 1000);
  if (current - rate.second >= ringSize) {
    rate.seconds.fill(0);
    rate.taken = 0;
    rate.second = current;
    return;
  }
  while (rate.second < current) {
    rate.second += 1;
    const place = placeOf(rate.second);
    rate.taken -= rate.seconds[place] ?? 0;
    rate.seconds[place] = 0;
  }
}

function placeOf(second: number): number {
  return ((second % ringSize) + ringSize) % ringSize;
}
