import { categoryOf } from './category';
import { moodOf, type Mood } from './mood';
import { salientWords } from './salient-words';

/** What the generator understands of a prompt. */
export interface Subject {
  readonly words: readonly string[];
  readonly summary: string;
  readonly category: string;
  readonly mood: Mood;
}

const leads: Readonly<Record<Mood, readonly string[]>> = {
  positive: ['Happy customer', 'Praise', 'Pleased overall', 'Recommends it'],
  negative: ['Complaint', 'Unhappy customer', 'Needs attention', 'Disappointed'],
  neutral: ['Remark', 'Customer writes', 'To note', 'In short'],
  mixed: ['Mixed feelings', 'Good and bad', 'Praise with reservations', 'Partly satisfied'],
};

/** Reads the text that a prompt is about, and sums it up by its most telling sentence. */
export function readSubject(prompt: string, random: () => number): Subject {
  const text = subjectText(prompt);
  const words = salientWords(text, 6);
  const mood = moodOf(text);
  const choices = leads[mood];
  const lead = choices[Math.floor(random() * choices.length)] ?? 'Remark';
  return { words, mood, category: categoryOf(text), summary: `${lead}: ${shortened(tellingSentence(text, words))}` };
}

/** Instructions come first and end in a blank line or a colon at a line's end; what follows is what they are about. */
function subjectText(prompt: string): string {
  const cut = /\n\s*\n|:[ \t]*\n/.exec(prompt);
  const rest = cut === null ? '' : prompt.slice(cut.index + cut[0].length).trim();
  return rest === '' ? prompt.trim() : rest;
}

function tellingSentence(text: string, words: readonly string[]): string {
  const sentences = text
    .split(/(?<=[.!?…。！？])\s*(?=\P{L}*[\p{Lu}\p{Lo}¡¿])|\n+/u)
    .map((sentence) => sentence.trim())
    .filter((sentence) => sentence !== '');
  const weigh = (sentence: string) =>
    words.filter((word) => sentence.includes(word)).length / Math.sqrt(40 + sentence.length);
  return sentences.reduce((best, next) => (weigh(next) > weigh(best) ? next : best), sentences[0] ?? '(nothing)');
}

function shortened(sentence: string): string {
  const words = sentence.split(/\s+/);
  const short = words.length > 16 ? `${words.slice(0, 14).join(' ')} …` : sentence;
  return short.length > 160 ? `${Array.from(short).slice(0, 60).join('')} …` : short;
}
