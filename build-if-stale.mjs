// Builds dist/ when it is missing or older than what it is made of, so that `npm start` and `npm test` work
// in a clean clone and cost nothing the next time.
import { spawnSync } from 'node:child_process';
import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';

const sources = ['package.json', 'rollup.config.mjs', 'tsconfig.json', 'lib'];
const lastOutput = 'dist/cjs/index.d.cts'; // rollup writes this one at the end: a build that failed did not

/** Folders count as well: one is touched when a file in it is removed. */
const touchedMs = (path) => {
  const { mtimeMs } = statSync(path);
  return statSync(path).isDirectory()
    ? Math.max(mtimeMs, ...readdirSync(path).map((name) => touchedMs(join(path, name))))
    : mtimeMs;
};

const builtMs = statSync(lastOutput, { throwIfNoEntry: false })?.mtimeMs ?? 0;
if (builtMs < Math.max(...sources.map(touchedMs))) {
  process.exitCode = spawnSync('npm', ['run', 'build'], { stdio: 'inherit', shell: true }).status ?? 1;
}
