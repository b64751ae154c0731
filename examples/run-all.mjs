// Runs each numbered example and the demo of `npm start` as a reader would, and stops at the first that fails or does not end by itself.
import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const limitMs = 60_000;
const here = fileURLToPath(new URL('.', import.meta.url));
const numbered = readdirSync(here)
  .filter((name) => /^\d.*\.ts$/.test(name))
  .sort();
if (numbered.length === 0) throw new Error(`no numbered example in ${here}`);

const programs = [
  ...numbered.map((name) => ({ name, args: ['--import', 'tsx', `${here}${name}`] })),
  { name: 'rx-fanout demo', args: [fileURLToPath(new URL('../dist/esm/cli/main.mjs', import.meta.url)), 'demo'] },
];
for (const { name, args } of programs) {
  const startedMs = performance.now();
  const { status, signal, stdout, stderr } = spawnSync(process.execPath, args, {
    encoding: 'utf8',
    timeout: limitMs,
  });
  const seconds = ((performance.now() - startedMs) / 1000).toFixed(1);
  console.log(`${status === 0 ? 'ok  ' : 'FAIL'} ${name} (${seconds} s)`);
  if (status !== 0) {
    console.log(`${stdout}${stderr}${signal === null ? '' : `ended by ${signal} after ${String(limitMs)} ms`}`);
    process.exit(1);
  }
}
