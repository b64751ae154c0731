import { cp, rm } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import * as main from '../../lib';
import * as testing from '../../lib/testing';
import { type Installed, installPacked } from './install-packed';

describe('the packed package', () => {
  jest.setTimeout(120_000);
  let installed: Installed;

  beforeAll(async () => {
    installed = await installPacked();
  });
  afterAll(() => rm(installed.folder, { recursive: true }));

  it('holds the build and the documents, nothing else', () => {
    const outside = installed.files.filter((path) => !path.startsWith('dist/'));
    expect([...outside].sort()).toEqual(['CHANGELOG.md', 'LICENSE', 'README.md', 'package.json']);
  });

  it.each(['load.mjs', 'load.cjs'])('works when loaded by %s, and has the names of the source', async (program) => {
    const seen: unknown = JSON.parse(await installed.run('node', program));
    expect(seen).toEqual({
      main: Object.keys(main).sort(),
      testing: Object.keys(testing).sort(),
      observable: true,
      doubled: [2, 4, 6],
      answered: true,
    });
  });

  it.each([
    ['nodenext, as a module', 'use.mts', ['--module', 'nodenext', '--moduleResolution', 'nodenext']],
    ['nodenext, as CommonJS', 'use.cts', ['--module', 'nodenext', '--moduleResolution', 'nodenext']],
    ['bundler', 'use.ts', ['--module', 'esnext', '--moduleResolution', 'bundler']],
  ])('has types that hold under %s, with every declaration checked', async (_name, program, resolution) => {
    if (program !== 'use.ts') await cp(join(installed.folder, 'use.ts'), join(installed.folder, program));
    const tsc = resolve('node_modules/typescript/bin/tsc');
    const strict = ['--noEmit', '--strict', '--exactOptionalPropertyTypes', '--skipLibCheck', 'false'];
    const library = ['--target', 'es2022', '--lib', 'es2022,dom,dom.iterable,dom.asynciterable'];
    await expect(installed.run('node', tsc, ...strict, ...library, ...resolution, program)).resolves.toBe('');
  });
});
