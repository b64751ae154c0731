import type { Subject } from './subject';

const openings = [
  'The short answer is {a}.',
  'On {a} and {b}: it depends, but less than one would think.',
  'Much turns on {a} here.',
  '{a} first, then {b}.',
  'Let me begin with {a}.',
];
const middles = [
  'What is said about {b} follows from {a}.',
  'In practice {a} and {b} belong together.',
  'Those who know {b} well tend to ask about {c} next.',
  'The part about {c} is easily overlooked.',
  'There is a simpler reading, in which {b} hardly matters.',
  'Compare {a} with {c}, and the difference is plain.',
];
const closings = [
  'So {a} it is.',
  'With that, {c} should be clear.',
  'If in doubt, look at {b} again.',
  'That leaves {c} for another day.',
];

/** An answer in sentences: a summary where one is asked for, else a few remarks on the prompt's own words. */
export function prose(prompt: string, { words, summary, category, mood }: Subject, random: () => number): string {
  if (/summar|classif|zusammenfass|résum|resum/iu.test(prompt)) {
    return `${summary}\nCategory: ${category}. Sentiment: ${mood}.`;
  }
  if (words.length === 0) return 'There is too little to go by here: please say more.';
  const pick = (from: readonly string[]) => {
    const fitting = from.filter((sentence) => words.length > 2 || !sentence.includes('{c}'));
    return fitting[Math.floor(random() * fitting.length)] ?? '';
  };
  const remarks = Array.from({ length: 1 + Math.floor(random() * 3) }, () => pick(middles));
  const [a = 'that', b = a, c = b] = words;
  return [pick(openings), ...new Set(remarks), pick(closings)]
    .map((sentence) => sentence.replaceAll('{a}', a).replaceAll('{b}', b).replaceAll('{c}', c))
    .map((sentence) => sentence.charAt(0).toUpperCase() + sentence.slice(1))
    .join(' ');
}
