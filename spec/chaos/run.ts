// `npm run chaos`: kills runs at any moment, many times, and looks whether anything was lost or paid for twice.
import { parseArgs } from 'node:util';
import { storm, type Victim } from './storm';

const { values } = parseArgs({
  options: {
    kills: { type: 'string', default: '100' },
    rows: { type: 'string', default: '10000' },
    concurrency: { type: 'string', default: '32' },
    seed: { type: 'string', default: String(Date.now() % 1_000_000) },
  },
});
let state = Number(values.seed) || 1;
const random = (): number => (state = (state * 48_271) % 2_147_483_647) / 2_147_483_647;
const victims: readonly Victim[] = ['run', 'run --order', 'library'];

async function chaos(): Promise<void> {
  for (const victim of victims) {
    console.log(`${victim}: ${values.rows} requests, up to ${values.kills} kills, seed ${values.seed}`);
    const { kills, inRewriting, calls, again, mayBeAgain, violations } = await storm({
      victim,
      rows: Number(values.rows),
      kills: Number(values.kills),
      concurrency: Number(values.concurrency),
      random,
      told: (line) => {
        console.log(`  ${line}`);
      },
    });
    console.log(
      `  killed ${String(kills)} times, ${String(inRewriting)} of them while the file was written anew: ${String(calls)} calls paid for, ${String(again)} of them again (${String(mayBeAgain)} were under way at most)`,
    );
    for (const violation of violations) console.log(`  VIOLATION: ${violation}`);
    console.log(violations.length === 0 ? '  every request once, with its own answer' : '  FAILED');
    if (violations.length > 0) process.exitCode = 1;
  }
}

void chaos();
