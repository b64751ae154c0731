import { mkdir, rm, symlink, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { installPacked, type Installed } from '../package/install-packed';

const names = ['httpClientTransport', 'injectFanout', 'provideFanout'];

const use = `
import type { ApplicationConfig } from '@angular/core';
import { openAICompatible } from 'rx-fanout';
import { httpClientTransport, injectFanout, provideFanout } from 'rx-fanout/angular';

const provider = openAICompatible({ baseURL: 'http://localhost/v1', model: 'small' });
export const config: ApplicationConfig = {
  providers: [provideFanout(() => ({ deployments: [{ group: 'fast', provider }], transport: httpClientTransport() }))],
};
export const rows = () => injectFanout().parallel$(['Name a red fruit']);
`;

describe('the packed package in an Angular application', () => {
  let installed: Installed;

  beforeAll(async () => {
    installed = await installPacked();
    await writeFile(join(installed.folder, 'main.mjs'), "import 'rx-fanout';");
    await writeFile(join(installed.folder, 'angular.mjs'), `import '@angular/compiler';\n${shown('await import')}`);
    await writeFile(join(installed.folder, 'angular.cjs'), `require('@angular/compiler');\n${shown('require')}`);
    for (const file of ['use.angular.mts', 'use.angular.cts', 'use.angular.ts'])
      await writeFile(join(installed.folder, file), use);
  });
  afterAll(() => rm(installed.folder, { recursive: true }));

  const shown = (load: string): string =>
    `console.log(JSON.stringify(Object.keys(${load}('rx-fanout/angular')).sort()));`;

  it('has an entry that wants Angular, and a main entry that does not', async () => {
    await expect(installed.run('node', 'main.mjs')).resolves.toBe('');
    await expect(installed.run('node', 'angular.mjs')).rejects.toThrow(/Cannot find package '@angular/);
  });

  describe('which has Angular', () => {
    beforeAll(async () => {
      const scope = join(installed.folder, 'node_modules', '@angular');
      await mkdir(scope);
      for (const name of ['common', 'compiler', 'core'])
        await symlink(resolve('node_modules', '@angular', name), join(scope, name));
    });

    it.each(['angular.mjs', 'angular.cjs'])('has the names of the source when loaded by %s', async (program) => {
      expect(JSON.parse(await installed.run('node', program))).toEqual(names);
    });

    it.each([
      ['nodenext, as a module', 'use.angular.mts', ['--module', 'nodenext', '--moduleResolution', 'nodenext']],
      ['nodenext, as CommonJS', 'use.angular.cts', ['--module', 'nodenext', '--moduleResolution', 'nodenext']],
      ['bundler', 'use.angular.ts', ['--module', 'esnext', '--moduleResolution', 'bundler']],
    ])('has types that hold under %s, with every declaration checked', async (_name, program, resolution) => {
      const tsc = resolve('node_modules/typescript/bin/tsc');
      const strict = ['--noEmit', '--strict', '--exactOptionalPropertyTypes', '--skipLibCheck', 'false'];
      const library = ['--target', 'es2022', '--lib', 'es2022,dom,dom.iterable,dom.asynciterable'];
      await expect(installed.run('node', tsc, ...strict, ...library, ...resolution, program)).resolves.toBe('');
    });
  });
});
