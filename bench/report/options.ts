import { parseArgs } from 'node:util';

const sections = ['orchestration', 'http', 'memory'] as const;

export type SectionName = (typeof sections)[number];

export interface Options {
  /** Fewer rounds and smaller loads. */
  readonly quick: boolean;
  readonly sections: readonly SectionName[];
}

export const usage = `npm run bench [-- [--quick] [--only ${sections.join('|')}]]

  --quick   less than a minute, more noise
  --only    one section

A whole run writes docs/performance.md and the table of the README; with an option the tables are only printed.`;

/** What the command line asks for; throws an `Error` that says what it cannot mean. */
export function options(args: readonly string[]): Options {
  const { quick, only } = parseArgs({
    args: [...args],
    options: { quick: { type: 'boolean', default: false }, only: { type: 'string' } },
  }).values;
  if (only === undefined) return { quick, sections };
  const section = sections.find((name) => name === only);
  if (section === undefined) throw new Error(`--only must be one of ${sections.join(', ')}, not '${only}'`);
  return { quick, sections: [section] };
}
