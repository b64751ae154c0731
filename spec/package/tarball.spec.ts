import { cp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { build } from 'esbuild';
import * as main from '../../lib';
import * as node from '../../lib/node';
import * as testing from '../../lib/testing';
import * as tokens from '../../lib/tokens';
import { simulateProviders } from '../../lib/testing';
import { type Installed, installPacked } from './install-packed';

describe('the packed package', () => {
  let installed: Installed;

  beforeAll(async () => {
    installed = await installPacked();
  });
  afterAll(() => rm(installed.folder, { recursive: true }));

  it('holds the build and the documents, nothing else', () => {
    const outside = installed.files.filter((path) => !path.startsWith('dist/'));
    const documents = ['CHANGELOG.md', 'LICENSE', 'README.md', 'package.json'];
    expect([...outside].sort()).toEqual([...documents, 'examples/data/feedback.jsonl'].sort()); // the demo's texts
    expect(installed.files.filter((path) => /^dist\/(browser|cjs)\/cli|^dist\/browser\/node/.test(path))).toEqual([]);
  });

  it.each(['load.mjs', 'load.cjs'])('works when loaded by %s, and has the names of the source', async (program) => {
    const seen: unknown = JSON.parse(await installed.run('node', program));
    const entries = { main, testing, node, tokens };
    expect(seen).toEqual({
      names: Object.fromEntries(Object.entries(entries).map(([entry, its]) => [entry, Object.keys(its).sort()])),
      observable: true,
      doubled: [2, 4, 6],
      counted: 'o200k_base cannot be loaded without its package: npm install gpt-tokenizer',
      answered: true,
    });
  });

  it.each(['load.mjs', 'load.cjs'])(
    'counts tokens, loaded by %s, once the package for it is there',
    async (program) => {
      const itself = join(installed.folder, 'node_modules', 'gpt-tokenizer');
      await symlink(resolve('node_modules', 'gpt-tokenizer'), itself);
      try {
        expect(JSON.parse(await installed.run('node', program))).toMatchObject({ counted: 11, answered: true });
      } finally {
        await rm(itself);
      }
    },
  );

  it.each(['node', 'browser'] as const)(
    'is bundled for %s without the packages that are optional',
    async (platform) => {
      const contents = "export * from 'rx-fanout/tokens';";
      const stdin = { contents, resolveDir: installed.folder };
      const bundling = build({ stdin, platform, bundle: true, write: false, format: 'esm', logLevel: 'silent' });
      await expect(bundling).resolves.toMatchObject({ errors: [] });
    },
  );

  it('has the program, which runs from where it is installed', async () => {
    await writeFile(join(installed.folder, 'in.jsonl'), '"Name a red fruit"\nnot JSON\n');
    const server = await simulateProviders();
    const program = join('node_modules', 'rx-fanout', 'dist', 'esm', 'cli', 'main.mjs');
    const run = ['run', 'in.jsonl', '-o', 'out.jsonl', '--base-url', `${server.url}/v1`, '--model', 'any'];
    try {
      await expect(installed.run('node', program, ...run)).rejects.toThrow(/1 of 2 answered, 1 failed/);
      await installed.run('node', program, 'report', 'out.jsonl', '-o', 'report.html');
      expect(await installed.run('node', program, 'demo', '--limit', '4')).toContain('for 4 requests');
    } finally {
      await server.close();
    }
    const lines = (await readFile(join(installed.folder, 'out.jsonl'), 'utf8')).trim().split('\n');
    expect(lines.map((line) => (JSON.parse(line) as { custom_id: string }).custom_id).sort()).toEqual([
      'line-1',
      'line-2',
    ]);
    expect(await readFile(join(installed.folder, 'report.html'), 'utf8')).toContain('<h1>out.jsonl</h1>');
  });

  it.each([
    ['nodenext, as a module', 'use.mts', ['--module', 'nodenext', '--moduleResolution', 'nodenext']],
    ['nodenext, as CommonJS', 'use.cts', ['--module', 'nodenext', '--moduleResolution', 'nodenext']],
    ['bundler', 'use.ts', ['--module', 'esnext', '--moduleResolution', 'bundler']],
  ])('has types that hold under %s, with every declaration checked', async (_name, program, resolution) => {
    if (program !== 'use.ts') await cp(join(installed.folder, 'use.ts'), join(installed.folder, program));
    const tsc = resolve('node_modules/typescript/bin/tsc');
    const strict = ['--noEmit', '--declaration', '--strict', '--exactOptionalPropertyTypes', '--skipLibCheck', 'false'];
    const library = ['--target', 'es2022', '--lib', 'es2022,dom,dom.iterable,dom.asynciterable'];
    await expect(installed.run('node', tsc, ...strict, ...library, ...resolution, program)).resolves.toBe('');
  });
});
