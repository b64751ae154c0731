import { availableParallelism, cpus } from 'node:os';
import type { Section } from '../sections/section';

const howToRead =
  'Where nothing else is said, every contender runs in a process of its own; they take turns (A B C A B C …) after two rounds that are thrown away. ' +
  'A figure is the ratio of the medians; in brackets the lowest and the highest ratio of a single round, which is the noise. ' +
  'Less is better. Only ratios carry over to other machines.';

/** The whole report. */
export function fullReport(sections: readonly Section[]): string {
  const parts = sections.map(({ title, note, tables }) => [`## ${title}`, note, ...tables].join('\n\n'));
  const repeat = 'Repeat it with `npm run bench`; `npm run bench -- --quick` takes about a minute and writes nothing.';
  return `${['# Performance', `${whereAndWhen()} ${repeat}`, howToRead, ...parts].join('\n\n')}\n`;
}

/** What the README shows of it. */
export function shortReport(sections: readonly Section[]): string {
  const more = `${whereAndWhen()} In brackets the lowest and the highest of single rounds. More in [docs/performance.md](docs/performance.md).`;
  return [...sections.flatMap(({ short }) => short ?? []), more].join('\n\n');
}

function whereAndWhen(): string {
  const date = new Date().toISOString().slice(0, 10);
  const cpu = cpus()[0]?.model.trim() ?? 'unknown';
  return `Measured ${date} on Node ${process.version}, ${String(availableParallelism())} CPUs (${cpu}).`;
}
