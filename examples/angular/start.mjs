// One command from a clean clone to the page: installs the app, builds the library and the page, serves both it and the simulated providers.
import { spawn } from 'node:child_process';
import { rmSync, statSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const app = fileURLToPath(new URL('.', import.meta.url));
const root = fileURLToPath(new URL('../..', import.meta.url));

const run = (cwd, command, ...args) =>
  new Promise((resolve, reject) => {
    spawn(command, args, { cwd, stdio: 'inherit' })
      .once('error', reject)
      .once('exit', (code) => {
        if (code === 0) resolve();
        else process.exit(code ?? 130);
      });
  });
const touchedMs = (path) => statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0;

console.log('1/4 the library');
await run(root, 'npm', 'run', '--silent', 'build:if-stale');

console.log('2/4 the packages of the app');
const copy = `${app}node_modules/rx-fanout`;
// npm does not see that the library was built anew: its version is the same.
if (touchedMs(`${copy}/dist`) < touchedMs(`${root}dist`)) rmSync(copy, { recursive: true, force: true });
await run(app, 'npm', 'install', '--no-audit', '--no-fund');

console.log('3/4 the page');
await run(app, 'npm', 'run', '--silent', 'build');

if (!process.argv.includes('--build-only')) {
  console.log('4/4 the simulated providers');
  await import('./server/serve.mjs');
}
