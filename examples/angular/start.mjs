// One command from a clean clone to the page: installs the app, builds the library and the page, serves both it and the simulated providers.
import { spawnSync } from 'node:child_process';
import { rmSync, statSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { askedPort } from './server/asked-port.mjs';

askedPort(); // what is wrong with it is said now, not when all is built

const app = fileURLToPath(new URL('.', import.meta.url));
const root = fileURLToPath(new URL('../..', import.meta.url));

const npm = (cwd, ...args) => {
  const { status } = spawnSync('npm', args, { cwd, stdio: 'inherit', shell: true });
  if (status !== 0) process.exit(status ?? 130); // interrupted
};
const touchedMs = (path) => statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0;

console.log('1/4 the library');
npm(root, 'run', '--silent', 'build:if-stale');

console.log('2/4 the packages of the app');
const copy = `${app}node_modules/rx-fanout`;
// npm does not see that the library was built anew: its version is the same.
if (touchedMs(`${copy}/dist`) < touchedMs(`${root}dist`)) rmSync(copy, { recursive: true, force: true });
npm(app, 'install', '--prefer-offline', '--no-audit', '--no-fund');

console.log('3/4 the page');
npm(app, 'run', '--silent', 'build');

if (!process.argv.includes('--build-only')) {
  console.log('4/4 the simulated providers');
  await import('./server/serve.mjs');
}
