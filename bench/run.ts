import { SingleBar } from 'cli-progress';
import { compile } from './measure/compile';
import { fullReport, shortReport } from './report/markdown';
import { type Options, options, usage } from './report/options';
import { writeReport } from './report/write-report';
import { choice } from './sections/choice';
import { goodput } from './sections/goodput';
import { http } from './sections/http';
import { journal } from './sections/journal';
import { memory } from './sections/memory';
import { orchestration } from './sections/orchestration';
import type { Section } from './sections/section';
import { sse } from './sections/sse';
import { tails } from './sections/tails';

const plans = { orchestration, http, journal, sse, memory, choice, goodput, tails };

async function measure({ quick, sections: names }: Options): Promise<readonly Section[]> {
  const bar = new SingleBar({
    format: '{bar} {percentage} %  {value}/{total}  {duration_formatted}  {what}',
    hideCursor: true,
    noTTYOutput: true,
    notTTYSchedule: 10_000,
  });
  const sampled = (what: string): void => {
    bar.increment(1, { what });
  };
  const chosen = names.map((name) => plans[name]({ quick, sampled }));
  bar.start(
    chosen.reduce((sum, { samples }) => sum + samples, 0),
    0,
    { what: 'starting' },
  );
  try {
    const sections: Section[] = [];
    for (const { run } of chosen) sections.push(await run());
    return sections;
  } finally {
    bar.stop();
  }
}

function chosen(): Options {
  try {
    return options(process.argv.slice(2));
  } catch (error) {
    console.error(`${error instanceof Error ? error.message : String(error)}\n\n${usage}`);
    process.exit(2);
  }
}

const asked = chosen();
await compile();
const sections = await measure(asked);
const report = fullReport(sections);
console.log(`\n${report}`);
if (!asked.quick && sections.length === Object.keys(plans).length) {
  const written = await writeReport(report, shortReport(sections));
  console.log(`written: ${written.join(', ')}`);
}
