import { type BuildResult, build } from 'esbuild';
import { runInNewContext } from 'node:vm';

/** A bundle of a program that imports the package by its name, as a browser would be given it. A Node builtin fails the build. */
function bundled(program: string): Promise<BuildResult<{ write: false; metafile: true }>> {
  return build({
    stdin: { contents: program, resolveDir: process.cwd() },
    bundle: true,
    write: false,
    metafile: true,
    platform: 'browser',
    format: 'iife',
    globalName: 'program',
    target: 'es2022',
    logLevel: 'silent',
  }).catch((error: unknown) => {
    throw new Error((error as Error).message); // esbuild's own lists each import of undici once more
  });
}

/** The files of which something is left in the bundle. */
function kept({ metafile }: Awaited<ReturnType<typeof bundled>>): readonly string[] {
  const inputs = Object.values(metafile.outputs).flatMap((output) => Object.entries(output.inputs));
  return inputs.filter(([, { bytesInOutput }]) => bytesInOutput > 0).map(([path]) => path);
}

describe('the build for browsers', () => {
  it('runs the engine with what every browser has, and nothing of Node', async () => {
    const { outputFiles } = await bundled(`
      import { gather$ } from 'rx-fanout';
      import { of, delay } from 'rxjs';
      export const rows = new Promise((done, failed) =>
        gather$([1, 2, 3], { run: (n) => of(n * 2).pipe(delay(1)) }).subscribe({ next: done, error: failed }));
    `);
    const web = { setTimeout, clearTimeout, setInterval, clearInterval, queueMicrotask, performance, AbortController };
    const rows: unknown = await runInNewContext(`${outputFiles[0]?.text ?? ''}; program.rows`, web);
    expect(rows).toMatchObject([2, 4, 6].map((right, index) => ({ index, outcome: { _tag: 'Right', right } })));
  });

  it('brings neither axios nor io-ts to an application that uses the engine alone', async () => {
    const bundle = await bundled("export { parallel$ } from 'rx-fanout';");
    expect(kept(bundle).filter((path) => /node_modules\/(axios|undici|io-ts)\//.test(path))).toEqual([]);
  });

  it('reaches the network by fetch: with the whole main entry no undici comes along', async () => {
    const bundle = await bundled("export * from 'rx-fanout';");
    expect(kept(bundle).some((path) => path.includes('node_modules/axios/'))).toBe(true);
    expect(kept(bundle).filter((path) => path.includes('node_modules/undici/'))).toEqual([]);
  });
});
