import { build, type BuildResult } from 'esbuild';

/** A program as a page is given it, by esbuild's own defaults for browsers: one script, whose exports are properties of `app`. */
export function browserBundle(entry: string): Promise<BuildResult<{ write: false; metafile: true }>> {
  return build({
    entryPoints: [entry],
    bundle: true,
    write: false,
    metafile: true,
    platform: 'browser',
    format: 'iife',
    globalName: 'app',
    target: 'es2022',
    logLevel: 'silent', // what it would have printed is in `warnings`
  });
}
