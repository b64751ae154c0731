import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const here = (path: string): string => fileURLToPath(new URL(`../${path}`, import.meta.url));

/** Where the compiled entries are. */
export const compiled = new URL('../dist/', import.meta.url);

/**
 * Compiles what runs in the processes that are measured, once. Run through tsx they would pay for it at every call: it
 * keeps the names of all functions, which makes closures several times as dear.
 */
export async function compile(): Promise<void> {
  await build({
    entryPoints: [
      'task-worker',
      'http-worker',
      'memory-worker',
      'http-server',
      'sse-worker',
      'sse-server',
      'choice-worker',
      'journal-worker',
    ].map((entry) => here(`${entry}.ts`)),
    outdir: fileURLToPath(compiled),
    bundle: true,
    splitting: true,
    packages: 'external',
    alias: { 'fp-ts/Either': 'fp-ts/lib/Either.js' }, // what of lib/ is measured by itself: Node finds it there only
    platform: 'node',
    format: 'esm',
    logLevel: 'warning',
  });
}
