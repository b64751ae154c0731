import { parseArgs } from 'node:util';

const sections = ['orchestration', 'http', 'journal', 'sse', 'memory', 'choice', 'goodput', 'tails'] as const;

export type SectionName = (typeof sections)[number];

export interface Options {
  /** Fewer rounds and smaller loads. */
  readonly quick: boolean;
  readonly sections: readonly SectionName[];
}

export const usage = `npm run bench [-- [--quick] [${sections.join('|')} …]]

  --quick   about a minute, more noise

A whole run writes docs/performance.md and the table of the README; a quick one, or one of some sections, only prints the tables.`;

/** What the command line asks for; throws an `Error` that says what it cannot mean. */
export function options(args: readonly string[]): Options {
  const { values, positionals } = parseArgs({
    args: [...args],
    options: { quick: { type: 'boolean', default: false } },
    allowPositionals: true,
  });
  for (const name of positionals) {
    if (!sections.some((section) => section === name))
      throw new Error(`'${name}' is no section: ${sections.join(', ')}`);
  }
  const { quick } = values;
  return { quick, sections: positionals.length === 0 ? sections : sections.filter((one) => positionals.includes(one)) };
}
