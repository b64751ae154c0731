#!/usr/bin/env node
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname } from 'node:path';
import { processIo } from './process-io';
import { program } from './program';

/** The package, from where this file is when it is built: `dist/esm/cli/`. */
const root = new URL('../../../', import.meta.url);
const { version } = JSON.parse(readFileSync(new URL('package.json', root), 'utf8')) as { readonly version: string };

for (const stream of [process.stdout, process.stderr]) {
  stream.on('error', (reason: NodeJS.ErrnoException) => {
    if (reason.code !== 'EPIPE' && reason.code !== 'EIO') throw reason; // who reads has seen enough (`2>&1 | head`), or has closed the terminal
  });
}
const assets = {
  texts: new URL('examples/data/feedback.jsonl', root),
  plots: dirname(createRequire(import.meta.url).resolve('uplot')),
  version,
};
void program(process.argv.slice(2), processIo(), assets).then((code) => {
  process.exitCode = code;
});
