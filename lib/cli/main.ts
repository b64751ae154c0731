#!/usr/bin/env node
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname } from 'node:path';
import { processIo } from './process-io';
import { program } from './program';

/** The package, from where this file is when it is built: `dist/esm/cli/`. */
const root = new URL('../../../', import.meta.url);
const { version } = JSON.parse(readFileSync(new URL('package.json', root), 'utf8')) as { readonly version: string };

process.stdout.on('error', (reason: NodeJS.ErrnoException) => {
  if (reason.code !== 'EPIPE') throw reason; // who reads has seen enough (`| head`)
});
const assets = {
  texts: new URL('examples/data/feedback.jsonl', root),
  plots: dirname(createRequire(import.meta.url).resolve('uplot')),
  version,
};
void program(process.argv.slice(2), processIo(), assets).then((code) => {
  process.exitCode = code;
});
