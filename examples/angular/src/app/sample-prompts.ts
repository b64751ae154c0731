const subjects = [
  'apples',
  'lighthouses',
  'old bicycles',
  'the night train',
  'rain on a tin roof',
  'tide pools',
  'sourdough',
  'chess endings',
  'alpine huts',
  'letterpress',
];
const tasks = [
  'Tell me of {subject} in three sentences.',
  'What should a beginner know about {subject}?',
  'Name the best season for {subject}, and why.',
  'Write an opening line for a story with {subject}.',
];

/** Prompts to try the board with, no two alike up to forty. */
export function samplePrompts(count: number): string {
  const all = tasks.flatMap((task) => subjects.map((subject) => task.replace('{subject}', subject)));
  return Array.from({ length: count }, (_, index) => all[index % all.length]).join('\n');
}
