/**
 * The text with every run of `size` or more characters that also stands in one of the `others` replaced by `…`. Linear
 * in the length of the others (a rolling hash finds the few places worth comparing), so a prompt of megabytes costs
 * milliseconds. Repeated until nothing is left: a replacement can bring two pieces together that are one run
 * elsewhere.
 */
export function maskRuns(text: string, others: readonly string[], size: number): string {
  const windows = windowsOf(text, size);
  if (windows.size === 0) return text;
  const shared = sharedWith(others, windows, size);
  if (shared.size === 0) return text;
  return maskRuns(replaced(text, shared, size), others, size);
}

function windowsOf(text: string, size: number): Set<string> {
  const windows = new Set<string>();
  for (let i = 0; i + size <= text.length; i++) windows.add(text.slice(i, i + size));
  return windows;
}

const base = 31;
/** Hashes are kept below 2^16, so that plain arithmetic is exact and a table of them is small. */
const mask = 0xffff;

/** Those of the windows that stand in one of the others. Each is looked for until it is found once. */
function sharedWith(others: readonly string[], windows: ReadonlySet<string>, size: number): Set<string> {
  const missing = new Set(windows);
  const waiting = new Uint16Array(mask + 1); // how many of the missing have this hash
  for (const window of missing) add(waiting, hash(window), 1);
  const leaving = weightOf(size);
  for (const other of others) {
    let rolling = hash(other.slice(0, size));
    for (let end = size; end <= other.length && missing.size > 0; end++) {
      if (waiting[rolling] !== 0) {
        const window = other.slice(end - size, end);
        if (missing.delete(window)) add(waiting, rolling, -1);
      }
      rolling = (rolling * base + other.charCodeAt(end) - other.charCodeAt(end - size) * leaving) & mask;
    }
  }
  return new Set([...windows].filter((window) => !missing.has(window)));
}

function add(counts: Uint16Array, hashed: number, amount: 1 | -1): void {
  counts[hashed] = (counts[hashed] ?? 0) + amount;
}

function hash(text: string): number {
  let sum = 0;
  for (let i = 0; i < text.length; i++) sum = (sum * base + text.charCodeAt(i)) & mask;
  return sum;
}

/** What the character that leaves a window of this size weighs in its hash. */
function weightOf(size: number): number {
  let weight = 1;
  for (let i = 0; i < size; i++) weight = (weight * base) & mask;
  return weight;
}

function replaced(text: string, shared: ReadonlySet<string>, size: number): string {
  let kept = '';
  let hiddenUpTo = 0;
  for (let i = 0; i < text.length; i++) {
    if (shared.has(text.slice(i, i + size))) {
      if (i >= hiddenUpTo) kept += '…';
      hiddenUpTo = i + size;
    }
    if (i >= hiddenUpTo) kept += text.charAt(i);
  }
  return kept.replace(/…{2,}/g, '…').replace(/\p{Surrogate}/gu, '…'); // half an emoji is not text
}
